package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"pgregory.net/rapid"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// calculator is an engine with the SQL functions that reports use.
func calculator(t *testing.T) *engine.Engine {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = eng.Close() })
	if err := attribution.DefineFunctions(t.Context(), eng); err != nil {
		t.Fatal(err)
	}
	if err := defineFunctions(t.Context(), eng, 2); err != nil {
		t.Fatal(err)
	}
	return eng
}

func TestRatiosAreRoundedOnceHalfAwayFromZero(t *testing.T) {
	eng := calculator(t)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-20, 20), rapid.Int64Range(1_999_999_999_990, 2_000_000_000_010)).Draw(r, "numerator") // divided changes its way at 2 * 10^18
		d := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-20, 20), rapid.Int64Range(1_999_999_999_999_999_990, 2_000_000_000_000_000_010)).Draw(r, "denominator")
		var got string
		query := fmt.Sprintf("SELECT COALESCE(CAST(ratio(CAST(%d AS HUGEINT), CAST(%d AS HUGEINT)) AS VARCHAR), 'null')", n, d)
		if err := eng.Row(t.Context(), query, nil, &got); err != nil {
			r.Fatal(err)
		}
		want := "null"
		if d != 0 {
			want = roundedBy(big.NewRat(n, 1), big.NewRat(d, 1))
		}
		if got != want {
			r.Errorf("%d / %d = %s, want %s", n, d, got, want)
		}
	})
}

// roundedBy divides in fractions and rounds half away from zero to six decimals.
func roundedBy(n, d *big.Rat) string {
	q := new(big.Rat).Quo(n, d)
	q.Mul(q, big.NewRat(1_000_000, 1))
	half := big.NewRat(1, 2)
	if q.Sign() < 0 {
		half.Neg(half)
	}
	q.Add(q, half)
	whole := new(big.Int).Quo(q.Num(), q.Denom()) // towards zero
	sign := ""
	if whole.Sign() < 0 {
		sign = "-"
	}
	digits := fmt.Sprintf("%07s", new(big.Int).Abs(whole))
	return sign + digits[:len(digits)-6] + "." + digits[len(digits)-6:]
}

func TestDecimalsOfEveryScale(t *testing.T) {
	eng := calculator(t)
	for scale, want := range map[int]string{0: "-123456789", 2: "-1234567.89", 3: "-123456.789", 4: "-12345.6789"} {
		if err := defineFunctions(t.Context(), eng, scale); err != nil {
			t.Fatal(err)
		}
		var got, kind, millionths string
		if err := eng.Row(t.Context(), "SELECT CAST(money(n) AS VARCHAR), TYPEOF(money(n)), CAST(units(n) AS VARCHAR) FROM (SELECT CAST(-123456789 AS HUGEINT) AS n)",
			nil, &got, &kind, &millionths); err != nil || got != want || kind != fmt.Sprintf("DECIMAL(38,%d)", scale) || millionths != "-123.456789" {
			t.Errorf("scale %d: %s of type %s, and %s, %v, want %s", scale, got, kind, millionths, err, want)
		}
	}
}

const odd = `SELECT * FROM (VALUES
	('=1+1', CAST(-1.50 AS DECIMAL(10,2)), NULL, 1), ('a "b", c', 0, 'x', 2), (E'line\nbreak', 2, '＝x', 3), ('-5', NULL, '', 4)
) AS v(name, amount, remark, n) ORDER BY n`

func TestWriteCSV(t *testing.T) {
	eng := calculator(t)
	for raw, want := range map[bool]string{
		false: "name,amount,remark,n\n'=1+1,-1.50,,1\n\"a \"\"b\"\", c\",0.00,x,2\n\"line\nbreak\",2.00,'＝x,3\n'-5,,,4\n",
		true:  "name,amount,remark,n\n=1+1,-1.50,,1\n\"a \"\"b\"\", c\",0.00,x,2\n\"line\nbreak\",2.00,＝x,3\n-5,,,4\n",
	} {
		var out bytes.Buffer
		if err := WriteCSV(t.Context(), eng, odd, &out, raw); err != nil || out.String() != want {
			t.Errorf("raw %v: %v\n%s\nwant\n%s", raw, err, &out, want)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	eng := calculator(t)
	var out bytes.Buffer
	if err := WriteJSON(t.Context(), eng, odd, &out); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(&out)
	decoder.UseNumber()
	var rows []map[string]any
	if err := decoder.Decode(&rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[0]["name"] != "=1+1" || rows[3]["amount"] != nil || rows[0]["amount"] != json.Number("-1.50") || rows[3]["remark"] != "" || rows[0]["n"] != json.Number("1") {
		t.Errorf("%v", rows)
	}
	out.Reset()
	if err := WriteJSON(t.Context(), eng, "SELECT CAST(0.5 AS DOUBLE) AS half, CAST('NaN' AS DOUBLE) AS none, TRUE AS yes", &out); err != nil || out.String() != "[\n  {\"half\": 0.5, \"none\": \"NaN\", \"yes\": true}\n]\n" {
		t.Errorf("doubles: %s, %v", &out, err)
	}
	out.Reset()
	if err := WriteJSON(t.Context(), eng, odd+" LIMIT 0", &out); err != nil || strings.TrimSpace(out.String()) != "[\n]" {
		t.Errorf("no rows: %q, %v", &out, err)
	}
}

// Every report is written in the order of its key, and describes each of its columns once.
func TestReportFiles(t *testing.T) {
	for _, r := range All() {
		if !strings.Contains(r.query, "\nORDER BY") || r.Doc == "" || r.Purpose == "" {
			t.Errorf("%s: it needs an ORDER BY, a purpose, and a line of Doc", r.Name)
		}
		seen := map[string]bool{}
		for _, c := range r.Columns {
			if seen[c.Name] || c.Unit == "" || c.Description == "" {
				t.Errorf("%s: the column %s is described twice, or without unit or meaning", r.Name, c.Name)
			}
			seen[c.Name] = true
		}
	}
}

// A header that cannot be read is a defect that is found before any run.
// Reports that read other reports are made last and side by side, so none may read another of them.
func TestReportsReadOnlyReportsThatAreMadeBefore(t *testing.T) {
	for _, r := range All() {
		for _, read := range engine.ReadsOf(r.query) {
			for _, other := range All() {
				if r.readsReports() && read == "report_"+other.Name && other.readsReports() {
					t.Errorf("%s reads %s, which reads reports, too", r.Name, other.Name)
				}
			}
		}
	}
}

func TestHeadersAreRead(t *testing.T) {
	for header, want := range map[string]string{
		"-- grain: a, b\n-- Purpose\n-- goes on.\n-- columns:\n--   a | text | the key\n--     and more\n--   b | money | amount\nSELECT 1": "",
		"-- Grain: a\n-- columns:\n--   a | text | key\n":                        "the first line is not",
		"-- grain: a, c\n-- Purpose.\n-- columns:\n--   a | text | the key\n":    "c is in the grain, and is not a column",
		"-- grain: a\n-- Purpose.\n-- columns:\n--   a, text, the key\nSELECT 1": "is not NAME | UNIT | DESCRIPTION",
	} {
		r := Report{query: header}
		err := r.readHeader()
		if want == "" {
			if err != nil || r.Purpose != "Purpose goes on." || len(r.Columns) != 2 || r.Columns[0].Description != "the key and more" {
				t.Errorf("%q: %+v, %v", header, r, err)
			}
		} else if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", header, err, want)
		}
	}
}

// A report with two rows of one key fails the run, NULL being a value of the key.
func TestADoubledReportFails(t *testing.T) {
	eng := calculator(t)
	once := Report{Name: "once", Grain: []string{"one", "other"},
		query: "SELECT * FROM (VALUES ('a', NULL), ('a', 'x'), (NULL, 'x')) AS v(one, other)"}
	if check, err := once.make(t.Context(), eng); err != nil || check.Name != "once_has_one_row_per_key" {
		t.Errorf("%+v, %v", check, err)
	}
	twice := once
	twice.Name, twice.query = "twice", "SELECT * FROM report_once UNION ALL SELECT * FROM report_once"
	if _, err := twice.make(t.Context(), eng); failure.CodeOf(err) != failure.Check {
		t.Errorf("a doubled report passed: %v", err)
	}
}

// A run fails if a report has a column that its file does not describe, or the other way round.
func TestColumnsAreThoseDescribed(t *testing.T) {
	r := Report{Name: "r", Columns: []Column{{"a", "text", "key"}, {"<stage>s", "units", "of a stage"}}}
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"a"}, ""},
		{[]string{"a", "sals"}, ""},
		{[]string{"a", "b"}, "the column b of the report r is not described"},
		{[]string{"sals"}, "the report r has no column a"},
	} {
		columns, err := r.describe(c.names)
		switch {
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v: %v, want %s", c.names, err, c.want)
		case c.want == "" && (err != nil || len(columns) != len(c.names)):
			t.Errorf("%v: %v, %v", c.names, columns, err)
		}
	}
}

func TestAppendDecimal(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := decimal128.New(rapid.OneOf(rapid.Just(int64(0)), rapid.Just(int64(-1)), rapid.Int64Range(-1e18, 1e18)).Draw(r, "high"), rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 2000)).Draw(r, "low"))
		scale := rapid.Int32Range(0, 12).Draw(r, "scale")
		if got, want := string(appendDecimal([]byte("x"), n, scale)), "x"+n.ToString(scale); got != want {
			r.Errorf("%s, want %s", got, want)
		}
	})
}
