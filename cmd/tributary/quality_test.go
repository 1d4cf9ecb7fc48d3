package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tributary-engine/tributary/internal/csvtest"
)

// A check is believed after it has been seen to find something, and is described: the company of
// script/data_quality.txtar has a row for each of them.
func TestEveryCheckOfDataQualityHasBeenSeenToFind(t *testing.T) {
	script, err := txtar.ParseFile(filepath.Join("testdata", "script", "data_quality.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(script.Files, func(f txtar.File) bool { return f.Name == "expected.csv" })
	rows := csvtest.Parse(t, string(script.Files[i].Data))
	ofEveryTable := []string{ // or of several
		"micros_read_as_units", "micros_ignored", "merges_ignored", "ids_in_scientific_notation", "currency_differs_from_file_name",
		"rows_in", "rows_loaded", "rows_quarantined", "rows_deduplicated", "rows_deleted", "no_rows", "columns_left_out", "digits_cut"}
	byARunOfItsOwn := []string{"as_of_far_from_the_rest", "control_totals"} // the second in control_totals.txtar
	seen := seenInTrials(t)
	for _, check := range byARunOfItsOwn {
		seen[check] = true
	}
	for _, row := range rows[1:] {
		check, severity := row[1], row[2]
		if severity != "ok" {
			seen[check] = true
		} else if !slices.Contains(ofEveryTable, check) && !seen[check] {
			t.Errorf("%s of %s finds nothing", check, row[0])
		}
	}
	page, err := os.ReadFile(filepath.Join(repository, "docs", "reference", "data_quality.md"))
	if err != nil {
		t.Fatal(err)
	}
	for check := range seen {
		if !strings.HasPrefix(check, "quarantined_") && !strings.Contains(string(page), "`"+check+"`") {
			t.Errorf("docs/reference/data_quality.md does not describe %s", check)
		}
	}
	for _, check := range ofEveryTable {
		if !seen[check] {
			t.Errorf("%s finds nothing in any table", check)
		}
	}
}

// seenInTrials are the checks that a case of testdata/trial wants to find something.
func seenInTrials(t *testing.T) map[string]bool {
	seen := map[string]bool{}
	expected, err := filepath.Glob(filepath.Join(repository, "testdata", "trial", "*", "expect.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range expected {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if fields := strings.Fields(line); len(fields) == 4 && fields[0] == "finding" && fields[3] != "0" {
				seen[fields[2]] = true
			}
		}
	}
	return seen
}
