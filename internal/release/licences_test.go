package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const repository = "../.."

// Every linked module has a licence that may be linked, and its text is in the file.
func TestThirdPartyLicences(t *testing.T) {
	text, err := thirdParty(repository)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\ngithub.com/apache/arrow-go/v18 v18.", "\ngithub.com/duckdb/duckdb-go-bindings v0.", "Stichting DuckDB Foundation",
		"\nThe Go standard library and runtime  BSD-3-Clause\n", "\nHyperLogLog ", "GCC-exception-3.1",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	again, err := thirdParty(repository)
	if err != nil || again != text {
		t.Errorf("the second text differs from the first, or failed: %v", err)
	}
}

// A module without a licence, or with one that nobody has decided on, stops a release.
func TestAnUnknownLicenceIsRefused(t *testing.T) {
	directory := t.TempDir()
	if _, err := workIn(directory); err == nil || err.Error() != "it has no licence file" {
		t.Errorf("without a licence: %v", err)
	}
	if err := os.WriteFile(filepath.Join(directory, "COPYING"), []byte("GNU GENERAL PUBLIC LICENSE\nVersion 3"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := workIn(directory); err == nil || err.Error() != "COPYING: its licence is not one of those that may be linked" {
		t.Errorf("with another licence: %v", err)
	}
}
