package findings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

func TestAskShowsTheLeastKeysAndHidesWhatMayBeAnEMail(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	found, err := RunChecks(t.Context(), eng, []Check{
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
	if got, want := Warnings(found), []string{"15 rows are odd, for example `Z`, `b`, `c, d`"}; !slices.Equal(got, want) {
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

// Checks of one relation are answered as if each were asked alone, and stand where their list has
// them.
func TestAskScansARelationOnce(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if err := eng.Exec(t.Context(), `CREATE TABLE t AS SELECT * FROM (VALUES ('b', 2, 7), ('a@x.example', 3, NULL), ('c', 1, 5), (NULL, 4, 1)) AS v (id, rows, micros)`); err != nil {
		t.Fatal(err)
	}
	found, err := RunChecks(t.Context(), eng, []Check{
		{Table: "t", Name: "few", Severity: Warning, From: "t", Key: "id", Where: "rows < 2 OR rows = 3"},
		{Table: "t", Name: "other", Severity: Warning, Query: "SELECT 'x' AS key, 9 AS n"},
		{Table: "t", Name: "rows", Severity: Warning, From: "t", Key: "id", Where: "rows <> 1", Rows: "rows", Micros: "micros", Currency: Currency{"EUR", 2}},
		{Table: "t", Name: "none", Severity: Warning, From: "t", Key: "id", Where: "rows = 0", Rows: "rows", Micros: "micros", Currency: Currency{"EUR", 2}, Query: "SELECT 1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%s %d %q %s: %s", f.Check, f.Rows, f.Examples, f.Amount, f.Query))
	}
	want := []string{
		"few 2 [\"c\"] : SELECT id AS key, 1 AS n\nFROM t\nWHERE rows < 2 OR rows = 3",
		"other 9 [\"x\"] : SELECT 'x' AS key, 9 AS n",
		"rows 9 [\"b\"] 0.000008 EUR: SELECT id AS key, rows AS n, micros AS micros\nFROM t\nWHERE rows <> 1",
		"none 0 [] : SELECT 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if keys, err := eng.Texts(t.Context(), "SELECT key FROM ("+found[0].Query+") ORDER BY key"); err != nil || !slices.Equal(keys, []string{"a@x.example", "c"}) {
		t.Errorf("the query of %s answers %q, %v", found[0].Check, keys, err)
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

// Money is summed exactly, beyond 64 bits and below the minor unit; a line without an amount adds
// nothing.
func TestAskSumsMoneyAndHints(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	found, err := RunChecks(t.Context(), eng, []Check{
		{Table: "costs", Name: "apart", Severity: Warning, Meaning: "rows stand apart; they earn nothing", Currency: Currency{"EUR", 2},
			Query: `SELECT key, n, micros FROM (VALUES ('paid-search', 1, 50000001), ('a@x.example', 1, 6120000), ('x', 1498, NULL)) AS v (key, n, micros)`,
			Near:  `SELECT UNNEST(['Paid Search', 'paidsearch@x.example', 'Email'])`},
		{Table: "costs", Name: "large", Severity: Warning, Meaning: "{row|rows}", Currency: Currency{"JPY", 0},
			Query: `SELECT NULL AS key, 1 AS n, CAST(-99999999999999999999000000 AS HUGEINT) AS micros`},
		{Table: "costs", Name: "nothing", Severity: Warning, Meaning: "{row|rows}", Currency: Currency{"EUR", 2}, Query: `SELECT NULL AS key, 1 AS n, 0 AS micros`},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1,500 rows stand apart (56.120001 EUR), for example `paid-search` (did you mean `Paid Search`?), `x`; they earn nothing",
		"1 row (-99,999,999,999,999,999,999 JPY)",
		"1 row",
	}
	if got := Warnings(found); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAmount(t *testing.T) {
	for _, c := range []struct {
		micros, want string
		decimals     int
	}{
		{"1", "0.000001 X", 2}, {"100000", "0.10 X", 2}, {"-1234500000", "-1,234.50 X", 2}, {"1000000", "1 X", 0}, {"1500000", "1.5 X", 0},
		{"1000000", "1.000 X", 3}, {"999999999999", "999,999.999999 X", 2},
	} {
		if got := (Currency{"X", c.decimals}).Amount(c.micros); got != c.want {
			t.Errorf("%s: got %s, want %s", c.micros, got, c.want)
		}
	}
}

// A message is one line, whatever a key holds.
func TestNamed(t *testing.T) {
	f := Finding{Rows: 1, Meaning: "{row|rows}", Examples: []string{"a`b", "a\nb", "a b", "fourth"}}
	if got, want := f.String(), "1 row, for example \"a`b\", \"a\\nb\", `a b`"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A message about one row reads as one, and its explanation still follows the example. In a table
// the plural stands.
func TestAMessageAgreesWithItsNumber(t *testing.T) {
	const meaning = "{row of costs is closed, and its|rows of costs are closed, and their} close {lies|lie} later; {it earns|they earn} nothing"
	for rows, want := range map[int64]string{
		1:    "1 row of costs is closed, for example `K`, and its close lies later; it earns nothing",
		1500: "1,500 rows of costs are closed, for example `K`, and their close lie later; they earn nothing",
	} {
		f := Of("costs", "odd", Warning, rows, meaning)
		f.Examples = []string{"K"}
		if got := f.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got, want := f.Plural(), "rows of costs are closed, and their close lie later; they earn nothing"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for meaning, want := range map[string]string{"": "", "{|s}": "", "{a|b": "{a|b", "{a}": "{a}", "{a|b|c}": "{a|b|c}", "row{|s} {is|are}": "row is"} {
		if got := Chosen(meaning, 1); got != want {
			t.Errorf("%s: got %q, want %q", meaning, got, want)
		}
	}
}
