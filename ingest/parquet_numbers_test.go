package ingest

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
)

// Numbers of typed columns are exact or quarantined, and never rounded by a cast on their way.
func TestTypedNumbersOfParquetAreExact(t *testing.T) {
	for _, test := range []struct{ kind, value, want, reason string }{
		{"DOUBLE", "0.10", "0.1", ""},
		{"DOUBLE", "0.10499999", "", "has more decimals than USD allows; write at most 2 decimals"},
		{"DOUBLE", "0.30000000000000004", "", "has more decimals than USD allows; write at most 2 decimals"},
		{"DOUBLE", "1234567890.12", "1234567890.12", ""},
		{"DOUBLE", "-0.01", "-0.01", ""},
		{"DOUBLE", "'nan'", "", "is not a plain decimal"},
		{"DOUBLE", "'inf'", "", "is not a plain decimal"},
		{"FLOAT", "0.10", "0.1", ""},
		{"FLOAT", "123456.79", "123456.79", ""},
		{"FLOAT", "1234567.88", "", "has more decimals than USD allows; write at most 2 decimals"}, // stored as 1234567.875, printed as 1234567.9
		{"FLOAT", "1234567.5", "1234567.5", ""},
		{"FLOAT", "16777216", "16777216", ""},
		{"FLOAT", "0.105", "", "has more decimals than USD allows; write at most 2 decimals"},
		{"DECIMAL(38,10)", "5.0000000000", "5", ""},
		{"DECIMAL(38,10)", "5.0050000000", "", "has more decimals than USD allows; write at most 2 decimals"},
		{"DECIMAL(38,38)", "0.00000000000000000000000000000000000001", "", "is too large; a number can have at most 18 digits"},
		{"DECIMAL(38,10)", "9999999999999999.99", "9999999999999999.99", ""},
		{"DECIMAL(38,2)", "99999999999999999999.99", "", "is too large; a number can have at most 18 digits"},
		{"DECIMAL(4,1)", "-0.5", "-0.5", ""},
		{"DECIMAL(2,2)", "-0.5", "-0.5", ""},
		{"DECIMAL(2,2)", "0.05", "0.05", ""},
		{"BIGINT", "12", "12", ""},
		{"HUGEINT", "9999999999999999999999", "", "is too large; a number can have at most 18 digits"},
	} {
		source := writeParquet(t, `SELECT 'o' AS opportunity_id, DATE '2025-03-01' AS created_at, 'Won' AS stage, 'USD' AS currency,
			CAST(`+test.value+` AS `+test.kind+`) AS amount`)
		e, opt := openFor(t, source)
		_, bad, err := readTable(t.Context(), e, tableNamed(t, "opportunities"), config.Sources{source}, opt)
		if err != nil {
			t.Fatal(err)
		}
		got, reason := "", ""
		if digits, err := e.Texts(t.Context(), `SELECT amount_digits || 'e-' || amount_scale FROM raw_opportunities`); err != nil {
			t.Fatal(err)
		} else if len(digits) == 1 {
			got = digits[0]
		}
		if len(bad) == 1 {
			reason = bad[0].Reason
		}
		want := ""
		if test.want != "" {
			whole, fraction, _ := strings.Cut(test.want, ".")
			digits := strings.TrimLeft(strings.TrimPrefix(whole+fraction, "-"), "0")
			if strings.HasPrefix(whole, "-") {
				digits = "-" + digits
			}
			want = digits + "e-" + string(rune('0'+len(fraction)))
		}
		if got != want || !strings.HasPrefix(reason, test.reason) || (test.reason == "") != (reason == "") {
			t.Errorf("%s %s: %q %q, want %q %q", test.kind, test.value, got, reason, want, test.reason)
		}
	}
}

// The marks that a column declares are those of its text. A typed number has none: read by them,
// 123.456 would be 123456.
func TestMarksOfAColumnAreThoseOfItsText(t *testing.T) {
	const columns = `DATE '2025-03-01' AS starts_on, DATE '2025-03-01' AS ends_on, 'web' AS channel, `
	marked := map[string]config.Column{"amount": {Decimal: ",", Thousands: "."}}
	for kind, want := range map[string]string{"DOUBLE": "123456000", "DECIMAL(10,3)": "123456000", "FLOAT": "123456000", "VARCHAR": "123456000000", "INTEGER": "123000000"} {
		source := writeParquet(t, `SELECT `+columns+`CAST(123.456 AS `+kind+`) AS amount`)
		source.Columns = marked
		e, opt := openFor(t, source)
		if _, bad, err := readTable(t.Context(), e, tableNamed(t, "costs"), config.Sources{source}, opt); err != nil || len(bad) > 0 {
			t.Fatal(bad, err)
		}
		if got, err := e.Texts(t.Context(), `SELECT CAST(amount_micros AS VARCHAR) FROM raw_costs`); err != nil || strings.Join(got, "") != want {
			t.Errorf("%s: %s, %v, want %s", kind, got, err, want)
		}
	}
}

// A whole number stays one, whatever type its column has.
func TestWholeNumbersOfParquet(t *testing.T) {
	source := writeParquet(t, `SELECT DATE '2025-03-03' + CAST(i AS INTEGER) * 7 AS week, CAST(n AS DOUBLE) AS leads FROM (VALUES (0, 5), (1, 5.5), (2, 0)) AS v (i, n) ORDER BY i`)
	e, opt := openFor(t, source)
	_, bad, err := readTable(t.Context(), e, tableNamed(t, "capacity"), config.Sources{source}, opt)
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.Texts(t.Context(), `SELECT CAST(leads AS VARCHAR) FROM raw_capacity ORDER BY line`)
	if err != nil || strings.Join(got, " ") != "5 0" || len(bad) != 1 || bad[0].Value != "5.5" || bad[0].Reason != value.ReasonNotWhole {
		t.Errorf("%s %+v %v", got, bad, err)
	}
}
