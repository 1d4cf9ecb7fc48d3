package ingest

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
)

func TestPlainFloats(t *testing.T) {
	for text, want := range map[string]string{
		"1e+16": "10000000000000000.0", "-1.5e+20": "-150000000000000000000.0", "1.2345678901234568e+17": "123456789012345680.0",
		"1e-06": "0.000001", "2.5e-05": "0.000025", "-1.25e-07": "-0.000000125", "1.5e+0": "1.5", "12.5e+01": "125.0",
		"100.0": "100.0", "0.1": "0.1", "nan": "nan", "inf": "inf", "": "", "eleven": "eleven",
	} {
		if got := string(plainFloat([]byte(text))); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		number := math.Float64frombits(r.Uint64())
		if math.IsNaN(number) || math.IsInf(number, 0) {
			continue
		}
		plain := string(plainFloat([]byte(strconv.FormatFloat(number, 'e', -1, 64))))
		if back, err := strconv.ParseFloat(plain, 64); err != nil || back != number || strings.Contains(plain, "e") {
			t.Fatalf("%g: %s", number, plain)
		}
	}
}

// Amounts of a Parquet file are judged as numbers of CSV are, whatever exponent the engine prints
// them with.
func TestLargeAndSmallDoublesOfParquet(t *testing.T) {
	source := writeParquet(t, `SELECT DATE '2025-03-01' AS starts_on, DATE '2025-03-01' AS ends_on, 'web' AS channel, CAST(a AS DOUBLE) AS amount
		FROM (VALUES (1, 1e-6), (2, 100), (3, 1e11), (4, 1e16), (5, 2.5e-7), (6, CAST(NULL AS DOUBLE)), (7, -1.5e-5)) AS v(i, a) ORDER BY i`)
	e, opt := openFor(t, source)
	_, bad, err := readTable(t.Context(), e, tableNamed(t, "costs"), config.Sources{source}, opt)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.Texts(t.Context(), `SELECT line || ': ' || amount_micros FROM raw_costs ORDER BY line`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(got, ", "), "1: 1, 2: 100000000, 3: 100000000000000000, 7: -15"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	var reasons []string
	for _, b := range bad {
		reasons = append(reasons, string(b.Value)+" "+b.Reason)
	}
	if got, want := strings.Join(reasons, "; "), "10000000000000000.0 "+value.ReasonTooLarge+"; 0.00000025 "+value.ReasonNotMicros+"; "+" is empty; every row of costs needs it"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
