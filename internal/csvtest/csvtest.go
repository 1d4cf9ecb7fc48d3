// Package csvtest reads CSV for tests.
package csvtest

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// Records are the records of a file, the header first, each as long as the header.
func Records(t testing.TB, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, path, string(text))
}

// Parse is Records of a text.
func Parse(t testing.TB, text string) [][]string {
	t.Helper()
	return parsed(t, "the text", text)
}

func parsed(t testing.TB, name, text string) [][]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("%s has %d records: %v", name, len(records), err)
	}
	return records
}

// Rows are the rows of a file, by column.
func Rows(t testing.TB, path string) []map[string]string {
	t.Helper()
	records := Records(t, path)
	rows := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = map[string]string{}
		for j, name := range records[0] {
			rows[i][name] = record[j]
		}
	}
	return rows
}
