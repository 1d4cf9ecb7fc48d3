package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// The dossier that the page shows is the one that the script checks line by line.
func TestThePageOfLeadShowsTheDossierOfTheScript(t *testing.T) {
	script, err := txtar.ParseFile(filepath.Join("testdata", "script", "lead.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(repository, "docs", "lead_dossier.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range script.Files {
		if file.Name == "ana.txt" && bytes.Contains(page, append([]byte("```text\n"), append(slices.Clone(file.Data), "```\n"...)...)) {
			return
		}
	}
	t.Error("docs/lead_dossier.md does not show ana.txt of lead.txtar")
}

// Each list gets a line in turn, so that a long one leaves room for the others.
func TestSharesOfLines(t *testing.T) {
	for _, c := range []struct {
		lines   int
		lengths []int
		want    []int
	}{
		{25, []int{3, 2, 200, 0, 1}, []int{3, 2, 19, 0, 1}},
		{4, []int{9, 9, 9}, []int{2, 1, 1}},
		{0, []int{1}, []int{0}},
		{-3, []int{1}, []int{0}},
		{50, []int{1, 2}, []int{1, 2}},
	} {
		if got := shares(c.lines, c.lengths); !slices.Equal(got, c.want) {
			t.Errorf("%d lines for %v: %v, want %v", c.lines, c.lengths, got, c.want)
		}
	}
}

// A line that is too long takes its width from the loose columns first, and never has half of a wide
// character.
func TestColumnsFitTheWidth(t *testing.T) {
	rows := [][]string{{"2026-01-02 10:00", "a very long campaign name", "", "yes"}, {"2026-01-03", "短い名前の長いキャンペーン", "", "no: Sent"}}
	got := inColumns(rows, 40, []int{1})
	want := []string{"2026-01-02 10:00  a very long…  yes", "2026-01-03        短い名前の…   no: Sent"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, line := range inColumns([][]string{{"aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb"}}, 12, []int{0}) {
		if line != "aaaa…  bbbb…" {
			t.Errorf("%q", line)
		}
	}
}
