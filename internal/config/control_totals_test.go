package config_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
)

// Control totals keep every digit from the file to the published configuration.
func TestControlTotalsAreMarshalled(t *testing.T) {
	const text = `
control_totals:
  - {table: costs, period_start: 2025-01-01, period_end: 2025-01-31, rows: 0, amount: 900000000000000.01, currency: USD, tolerance: 0.50}
  - {table: leads, period_start: 2025-01-01, period_end: 2025-01-01, rows: 12.0}
  - {table: opportunities, period_start: 2025-01-01, period_end: 2025-12-31, amount: -5}
`
	job, err := config.Parse("tributary.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := []config.ControlTotal{
		{Table: "costs", PeriodStart: "2025-01-01", PeriodEnd: "2025-01-31", Rows: "0", Amount: "900000000000000.01", Currency: "USD", Tolerance: "0.50"},
		{Table: "leads", PeriodStart: "2025-01-01", PeriodEnd: "2025-01-01", Rows: "12"},
		{Table: "opportunities", PeriodStart: "2025-01-01", PeriodEnd: "2025-12-31", Amount: "-5"},
	}
	if d := cmp.Diff(want, job.ControlTotals); d != "" {
		t.Error(d)
	}
	written, err := job.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again, err := config.Parse("config.yaml", written)
	if err != nil {
		t.Fatalf("%v\n%s", err, written)
	}
	if d := cmp.Diff(job, again); d != "" {
		t.Error(d)
	}
}

// Each has its place in the file.
func TestControlTotalsThatAreNone(t *testing.T) {
	for line, want := range map[string]string{
		`{table: deals, period_start: 2025-01-01, period_end: 2025-01-31, rows: 1}`:                  `t.yaml:1:26: control_totals[0].table: "deals" is not one of `,
		`{table: costs, period_start: 2025-01-01, rows: 1}`:                                          `control_totals[0]: period_end is missing`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-01-31}`:                           `control_totals[0]: has none of rows, amount`,
		`{table: costs, period_start: 2025-01-02, period_end: 2025-01-01, rows: 1}`:                  `control_totals[0].period_end: 2025-01-01 is before period_start`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-02-29, rows: 1}`:                  `control_totals[0].period_end: "2025-02-29" is not a date`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-01-31, rows: 1.5}`:                `control_totals[0].rows: want a whole number from 0, got the number 1.5`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-01-31, rows: -1}`:                 `control_totals[0].rows: the number -1 is not a whole number from 0`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-01-31, amount: "1"}`:              `control_totals[0].amount: want a number such as 1234.50, got "1"`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-01-31, rows: 1, tolerance: -0.1}`: `control_totals[0].tolerance: the number -0.1 is not a number from 0`,
		`{table: costs, period_start: 2025-01-01, period_end: 2025-01-31, rows: 1, currency: usd}`:   `control_totals[0].currency: "usd" is not an ISO 4217 code such as USD`,
	} {
		_, err := config.Parse("t.yaml", []byte("control_totals: ["+line+"]"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", line, err, want)
		}
	}
}
