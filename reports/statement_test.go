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

	"tributary/attribution"
	"tributary/internal/engine"
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
	if err := defineFunctions(t.Context(), eng); err != nil {
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
		query := fmt.Sprintf("SELECT COALESCE(CAST(%s AS VARCHAR), 'null')", ratio(fmt.Sprintf("CAST(%d AS HUGEINT)", n), fmt.Sprintf("CAST(%d AS HUGEINT)", d)))
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
	for scale, want := range map[int]string{0: "-123456789", 2: "-1234567.89", 3: "-123456.789", 4: "-12345.6789", 6: "-123.456789"} {
		var got string
		if err := eng.Row(t.Context(), "SELECT CAST("+decimal("CAST(-123456789 AS HUGEINT)", scale)+" AS VARCHAR)", nil, &got); err != nil || got != want {
			t.Errorf("scale %d: %s, %v, want %s", scale, got, err, want)
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
	var rows []map[string]*string
	if err := json.Unmarshal(out.Bytes(), &rows); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if len(rows) != 4 || *rows[0]["name"] != "=1+1" || rows[3]["amount"] != nil || *rows[0]["amount"] != "-1.50" || *rows[3]["remark"] != "" {
		t.Errorf("%s", &out)
	}
	out.Reset()
	if err := WriteJSON(t.Context(), eng, odd+" LIMIT 0", &out); err != nil || strings.TrimSpace(out.String()) != "[\n]" {
		t.Errorf("no rows: %q, %v", &out, err)
	}
}

// Every report opens with its grain, and ends in the order of its key.
func TestReportFiles(t *testing.T) {
	w := words{models: []string{"linear"}, minorScale: 2, stages: []stage{{id: "lead"}, {id: "mql"}, {id: "sql"}, {id: "aql"}}}
	for _, r := range All() {
		text, err := w.statement(r.Name)
		if err != nil {
			t.Errorf("%s: %v", r.Name, err)
			continue
		}
		if !strings.HasPrefix(text, "-- Grain: ") || !strings.Contains(text, "\nORDER BY ") || r.Doc == "" {
			t.Errorf("%s: it needs a first comment \"-- Grain: ...\", an ORDER BY, and a line of Doc", r.Name)
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
