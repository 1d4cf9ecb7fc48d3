package config_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
)

// config.schema.json is the schema that the declarations make. UPDATE_DOCS=1 writes it anew.
func TestTheCommittedSchemaIsTheDeclaredOne(t *testing.T) {
	const file = "config.schema.json"
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(file, config.Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(committed), string(config.Schema())); diff != "" {
		t.Errorf("%s is out of date: run the test with UPDATE_DOCS=1\n%s", file, diff)
	}
}
