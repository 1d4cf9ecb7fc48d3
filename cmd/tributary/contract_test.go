package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// Every table and every column of the input contract can be mapped in a configuration, and nothing
// else can.
func TestEveryContractColumnCanBeMapped(t *testing.T) {
	var text strings.Builder
	text.WriteString("tables:\n")
	for _, table := range contract.Tables() {
		fmt.Fprintf(&text, "  %s:\n    files: [export.csv]\n    columns:\n", table.Name)
		for _, column := range table.Columns {
			fmt.Fprintf(&text, "      %s: Header of %s\n", column.Name, column.Name)
		}
	}
	settings, err := config.Parse("tributary.yaml", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range contract.Tables() {
		sources := settings.Tables[table.Name]
		if len(sources) != 1 || len(sources[0].Columns) != len(table.Columns) {
			t.Errorf("table %s: %d of %d columns came through", table.Name, len(sources), len(table.Columns))
			continue
		}
		source := sources[0]
		for _, column := range table.Columns {
			if got, want := source.Columns[column.Name].From, "Header of "+column.Name; got != want {
				t.Errorf("%s.%s: mapped to %q, want %q", table.Name, column.Name, got, want)
			}
		}
	}
	for _, wrong := range []string{"tables: {touchpoint: {files: [a.csv]}}", "tables: {touchpoints: {columns: {occured_at: a}}}"} {
		if _, err := config.Parse("tributary.yaml", []byte(wrong)); err == nil {
			t.Errorf("%s: was accepted", wrong)
		}
	}
}
