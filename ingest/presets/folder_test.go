package presets

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every preset is whole: All checks its relations, its tables and its files.
func TestPresetsAreWhole(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(names) {
		t.Errorf("%d presets, want %d", len(all), len(names))
	}
}

// Every preset has a page that says how to export its files: one of its own, or one that names it.
func TestPresetsAreDescribed(t *testing.T) {
	const pages = "../../docs/presets"
	paths, err := filepath.Glob(pages + "/*.md")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		described[strings.TrimSuffix(filepath.Base(path), ".md")] = true
		for _, name := range regexp.MustCompile("[a-z_]+").FindAllString(string(text), -1) {
			described[name] = true
		}
	}
	for _, name := range names {
		if !described[name] {
			t.Errorf("no page of %s names the preset %s", pages, name)
		}
	}
}

// Semicolons inside of texts part some rows into more fields than the commas do.
func TestSemicolonsInTextsAreNoDelimiter(t *testing.T) {
	directory := t.TempDir()
	text := "id,browser\n1,Mozilla\n2,A (x; y; z; w)\n3,A (x; y; z; w)\n4,Safari\n5,B (x; y)\n6,A (x; y)\n7,C (x; y)\n"
	if err := os.WriteFile(filepath.Join(directory, "opens.csv"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f := look(directory, "opens.csv")
	if f.Delimiter != "" || f.SkipRows != 0 || !slices.Equal(f.Headers, []string{"id", "browser"}) {
		t.Errorf("delimiter %q, %d rows skipped, headers %q", f.Delimiter, f.SkipRows, f.Headers)
	}
}

func TestHoursOfOneDigitAndPlaceholders(t *testing.T) {
	for _, test := range []struct {
		values, want []string
	}{
		{[]string{"2025-01-07 6:49:18", "2025-01-07 16:49:18"}, []string{"%Y-%m-%d %H:%M:%S"}},
		{[]string{"1970-01-19 07:51:57", "2025-01-07 16:49:18"}, nil},
	} {
		if w := formatsOfValues(test.values); !slices.Equal(w.Formats, test.want) || w.Unknown != "" {
			t.Errorf("%q: %+v, want formats %q", test.values, w, test.want)
		}
	}
}

func TestAFileThatFitsNothingSaysWhatItIsNearestTo(t *testing.T) {
	all := []Preset{{Name: "crm", Relations: map[string]Relation{
		"deal":   {Title: "Deal", Names: []string{"deal"}, Headers: []string{"Id", "Stage", "Amount", "Closed"}, Without: []string{"Lead"}},
		"person": {Title: "Person", Names: []string{"person"}, Headers: []string{"Id", "Email"}},
	}}}
	for _, test := range []struct {
		file    string
		headers []string
		want    string
	}{
		{"deals.csv", []string{"id", "stage"}, "is like Deal of crm, but lacks Amount, Closed"},
		{"person.csv", []string{"Id", "Stage", "Amount"}, "is like Person of crm, but lacks Email"}, // the name decides
		{"x.csv", []string{"Id", "Stage", "Amount"}, "is like Deal of crm, but lacks Closed"},
		{"x.csv", []string{"Id", "Stage", "Amount", "Closed", "Lead"}, "is like Deal of crm, but has Lead"},
		{"x.csv", []string{"Id", "Stage", "Color"}, ""}, // nor do two of four
		{"x.csv", []string{"Id", "Color"}, ""},          // one column in common says nothing
	} {
		if got := nearest(all, File{Name: test.file, Headers: test.headers}); got != test.want {
			t.Errorf("%s %v: %q, want %q", test.file, test.headers, got, test.want)
		}
	}
}

func TestAnExportInAnotherLayoutIsNotMissing(t *testing.T) {
	relations := map[string]Relation{"role": {Title: "Role", Names: []string{"role"}}, "custom_role": {Title: "Role (custom fields)", Names: []string{"role"}}, "lead": {Title: "Lead", Names: []string{"lead"}}}
	f := Found{Preset: Preset{Relations: relations, Sources: []Source{{From: []string{"role"}}, {From: []string{"custom_role"}}, {From: []string{"lead"}}}}}
	if got, want := f.Missing(), []string{"Role", "Role (custom fields)", "Lead"}; !slices.Equal(got, want) {
		t.Errorf("of no file: %q, want %q", got, want)
	}
	f.Files = map[string][]File{"custom_role": {{}}}
	if got, want := f.Missing(), []string{"Lead"}; !slices.Equal(got, want) {
		t.Errorf("of a file in one layout: %q, want %q", got, want)
	}
}
