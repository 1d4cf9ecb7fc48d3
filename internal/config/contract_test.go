package config_test

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// The schema lists the tables for editors. It must know those of the contract.
func TestSchemaKnowsTheContract(t *testing.T) {
	for _, table := range contract.Tables() {
		text := "tables: {" + table.Name + ": {file: x.csv}}\nquarantine: {" + table.Name + ": 0.5}\n"
		if _, err := config.Parse("t.yaml", []byte(text)); err != nil {
			t.Error(err)
		}
	}
}

// The schema, which editors use, says of model names what the program says.
func TestSchemaKnowsModelNames(t *testing.T) {
	if pattern := `"pattern": "` + contract.ModelName.String() + `"`; !strings.Contains(string(config.Schema()), pattern) {
		t.Errorf("the schema has no %s", pattern)
	}
}
