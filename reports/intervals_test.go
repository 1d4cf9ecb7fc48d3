package reports

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/tributary-engine/tributary/attribution/funnel"
)

// The macros give the interval of the funnel, to the millionth: for every share of small samples,
// and for thousands of large ones.
func TestWilsonIsThatOfTheFunnel(t *testing.T) {
	eng := calculator(t)
	if err := eng.Exec(t.Context(), `CREATE TABLE shares (k BIGINT, n BIGINT)`); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	pairs := map[[2]int64]bool{}
	for n := range int64(120) {
		for k := range n + 1 {
			pairs[[2]int64{k, n}] = true
		}
	}
	for range 3000 {
		n := 1 + random.Int64N(1<<random.IntN(40))
		pairs[[2]int64{random.Int64N(n + 1), n}] = true
	}
	values := ""
	for pair := range pairs {
		values += fmt.Sprintf(", (%d, %d)", pair[0], pair[1])
	}
	if err := eng.Exec(t.Context(), `INSERT INTO shares VALUES `+values[2:]); err != nil {
		t.Fatal(err)
	}
	rows, err := eng.Rows(t.Context(), `SELECT k, n, CAST(wilson_low(k, n) * 1000000 AS BIGINT), CAST(wilson_high(k, n) * 1000000 AS BIGINT) FROM shares`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var k, n, low, high int64
		if err := rows.Scan(&k, &n, &low, &high); err != nil {
			t.Fatal(err)
		}
		if wantLow, wantHigh := funnel.Wilson(k, n); low != wantLow || high != wantHigh {
			t.Errorf("%d of %d: %d to %d, want %d to %d", k, n, low, high, wantLow, wantHigh)
		}
		seen++
	}
	if err := rows.Err(); err != nil || seen != len(pairs) {
		t.Errorf("%d of %d, %v", seen, len(pairs), err)
	}
}

// R. G. Newcombe, Interval Estimation for the Difference between Independent Proportions, Statistics
// in Medicine 17 (1998), table II, method 10; the single ones are those of his Two-sided Confidence
// Intervals for the Single Proportion, of the same volume, table I, method 3.
func TestIntervalsOfNewcombe(t *testing.T) {
	eng := calculator(t)
	for _, c := range []struct {
		of, share string
		low, high float64
	}{
		{"newcombe", "56, 70, 48, 80", 0.0524, 0.3339},
		{"newcombe", "9, 10, 3, 10", 0.1705, 0.8090},
		{"newcombe", "6, 7, 2, 7", 0.0582, 0.8062},
		{"newcombe", "5, 56, 0, 29", -0.0381, 0.1926},
		{"newcombe", "0, 10, 0, 20", -0.1611, 0.2775},
		{"newcombe", "0, 10, 0, 10", -0.2775, 0.2775},
		{"newcombe", "10, 10, 0, 20", 0.6791, 1.0000},
		{"newcombe", "10, 10, 0, 10", 0.6075, 1.0000},
		{"wilson", "81, 263", 0.2553, 0.3662},
		{"wilson", "15, 148", 0.0624, 0.1605},
		{"wilson", "0, 20", 0.0000, 0.1611},
		{"wilson", "1, 29", 0.0061, 0.1718},
	} {
		var low, high float64
		if err := eng.Row(t.Context(), fmt.Sprintf("SELECT CAST(%[1]s_low(%[2]s) AS DOUBLE), CAST(%[1]s_high(%[2]s) AS DOUBLE)", c.of, c.share), nil, &low, &high); err != nil {
			t.Fatal(err)
		}
		const printed = 0.5e-4 + 1e-6 // the tables have four decimals, the macros six
		if math.Abs(low-c.low) > printed || math.Abs(high-c.high) > printed {
			t.Errorf("%s of %s: %f to %f, want %.4f to %.4f", c.of, c.share, low, high, c.low, c.high)
		}
	}
	var isNull bool
	if err := eng.Row(t.Context(), "SELECT newcombe_low(0, 0, 1, 2) IS NULL AND newcombe_high(1, 2, 0, 0) IS NULL", nil, &isNull); err != nil || !isNull {
		t.Errorf("a side without units has an interval, %v", err)
	}
}

// The intervals are mirrored where the two sides change places.
func TestNewcombeIsMirrored(t *testing.T) {
	eng := calculator(t)
	var broken int64
	if err := eng.Row(t.Context(), `
		SELECT COUNT(*) FROM (SELECT a.range AS n1, b.range AS n2 FROM range(1, 13) AS a, range(1, 13) AS b) AS sizes, range(13) AS k1, range(13) AS k2
		WHERE k1.range <= n1 AND k2.range <= n2 AND (
			newcombe_low(k1.range, n1, k2.range, n2) IS DISTINCT FROM -newcombe_high(k2.range, n2, k1.range, n1)
			OR newcombe_low(k1.range, n1, k2.range, n2) > newcombe_high(k1.range, n1, k2.range, n2)
			OR newcombe_low(k1.range, n1, k2.range, n2) < -1 OR newcombe_high(k1.range, n1, k2.range, n2) > 1)`, nil, &broken); err != nil {
		t.Fatal(err)
	}
	if broken > 0 {
		t.Errorf("%d pairs", broken)
	}
}

func TestWordOfADifference(t *testing.T) {
	eng := calculator(t)
	for _, c := range []struct{ arguments, want string }{
		{"0.1, 0.3, TRUE, TRUE", "better"}, {"-0.3, -0.1, TRUE, TRUE", "worse"},
		{"0.1, 0.3, FALSE, TRUE", "worse"}, {"-0.3, -0.1, FALSE, TRUE", "better"},
		{"0.0, 0.3, TRUE, TRUE", "cannot say"}, {"-0.3, 0.0, TRUE, TRUE", "cannot say"}, {"-0.1, 0.1, FALSE, TRUE", "cannot say"},
		{"0.1, 0.3, TRUE, FALSE", "cannot say"}, {"NULL, NULL, TRUE, TRUE", "-"},
	} {
		var got string
		if err := eng.Row(t.Context(), "SELECT COALESCE(difference_word("+c.arguments+"), '-')", nil, &got); err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.arguments, got, c.want)
		}
	}
}
