package findings

import (
	"slices"
	"strings"
	"testing"

	"tributary/internal/engine"
)

func TestAskShowsTheLeastKeysAndHidesWhatMayBeAnEMail(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	found, err := Ask(t.Context(), eng, []Check{
		{Table: "t", Name: "many", Severity: Warning, Meaning: "rows are odd", Query: `
			SELECT key, n FROM (VALUES ('b', 2), ('a@x.example', 1), ('Z', 1), ('é', 1), (NULL, 7), ('c, d', 1), ('e', 1), ('f', 1)) AS v (key, n)`},
		{Table: "t", Name: "none", Severity: Error, Meaning: "rows are bad", Query: `SELECT 'a' AS key, 1 AS n WHERE FALSE`},
	})
	if err != nil {
		t.Fatal(err)
	}
	many, none := found[0], found[1]
	if want := []string{"Z", "b", "c, d", "e", "f"}; many.Rows != 15 || !slices.Equal(many.Examples, want) || many.Severity != Warning {
		t.Errorf("got %+v, want 15 rows and %q", many, want)
	}
	if got, want := Printable(many.Examples), `Z, b, "c, d", e, f`; got != want {
		t.Errorf("printed %s, want %s", got, want)
	}
	if none.Rows != 0 || none.Severity != OK || len(none.Examples) > 0 {
		t.Errorf("nothing was found, and it says %+v", none)
	}
	if got, want := Warnings(found), []string{"15 rows are odd"}; !slices.Equal(got, want) {
		t.Errorf("warnings %q, want %q", got, want)
	}
	if err := Store(t.Context(), eng, found); err != nil {
		t.Fatal(err)
	}
	stored, err := eng.Texts(t.Context(), `SELECT table_name || ' ' || check_name || ' ' || severity || ' ' || found FROM findings ORDER BY position`)
	if want := []string{"t many warning 15", "t none ok 0"}; err != nil || !slices.Equal(stored, want) {
		t.Errorf("stored %q, %v, want %q", stored, err, want)
	}
}

func TestArrangedGoesByTable(t *testing.T) {
	of := func(table, check string) Finding { return Finding{Table: table, Check: check} }
	var got []string
	for _, f := range Arranged([]string{"a", "b"}, []Finding{of("b", "1"), of(Run, "2"), of("a", "3")}, []Finding{of("a", "4"), of(Run, "5"), of("b", "6")}) {
		got = append(got, f.Check)
	}
	if want := "2 5 3 4 1 6"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestShortenedCutsBetweenCharacters(t *testing.T) {
	if got := Shortened("short"); got != "short" {
		t.Error(got)
	}
	if got := Shortened(strings.Repeat("é", 60)); got != strings.Repeat("é", 50)+"..." {
		t.Error(got)
	}
	if got := Shortened("x" + strings.Repeat("é", 60)); got != "x"+strings.Repeat("é", 49)+"..." {
		t.Error(got)
	}
}

// A finding of several lines is said line by line, and what is said by another one not at all.
func TestWarnings(t *testing.T) {
	lines, detail, info := Of("t", "a", Warning, 1, ""), Of("t", "b", Error, 2, "rows"), Of("t", "c", Info, 3, "rows")
	lines.Sentence, detail.Detail = "one\ntwo", true
	if got, want := Warnings([]Finding{lines, detail, info}), []string{"one", "two"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
