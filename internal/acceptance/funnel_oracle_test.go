package acceptance

import (
	"math/big"
	"path/filepath"
	"testing"

	"github.com/tributary-engine/tributary/internal/oracle"
)

// noEntries stands for the maturity of the way to a stage that is kept in the history, and is not
// there.
const noEntries = "no_entries"

// compareFunnel holds every row of the funnel that is not entirely zero against the oracle's:
// numbers, and which of them are not there.
func compareFunnel(t *testing.T, directory string, scale int, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "funnel.csv")) {
		if r["basis"] != oracle.BasisCohort {
			t.Errorf("funnel: a row of the basis %q", r["basis"])
		}
		month := r["cohort_month"]
		if len(month) > 7 {
			month = month[:7] // a day of the month is as good as the month
		}
		addFunnelRow(t, got, r, scale, month)
	}
	for _, r := range expected.Funnel {
		addFunnelRow(t, want, funnelCells(r, scale), scale, r.Period[:min(7, len(r.Period))])
	}
	if d := got.diff(want); d != "" {
		t.Errorf("funnel:\n%s", d)
	}
}

// addFunnelRow takes in one row, as it stands in the report. A number that is not there differs
// from 0.
func addFunnelRow(t *testing.T, to figures, r Row, scale int, month string) {
	t.Helper()
	key := func(what ...any) []any {
		return append([]any{r["opportunity_type"], month, undefused(r["channel"]), undefused(r["from_stage"]), "->", undefused(r["to_stage"])}, what...)
	}
	number := func(column string, scale int) *big.Int {
		if r[column] == "" {
			return new(big.Int)
		}
		return scaled(t, r[column], scale)
	}
	count := func(column string) *big.Int { return number(column, 0) }
	if number("value", scale).Sign() == 0 && count("volume").Sign() == 0 && count("skipped").Sign() == 0 && count("cohort").Sign() == 0 {
		return // such rows may stand or not
	}
	there := big.NewInt(1)
	to.add(there, key("row")...)
	optional := func(column string, scale int) {
		if r[column] != "" {
			to.add(there, key(column, "is there")...)
			to.add(number(column, scale), key(column)...)
		}
	}
	for _, column := range []string{"volume", "skipped", "cohort"} {
		to.add(count(column), key(column)...)
	}
	optional("value", scale)
	if r["to_stage"] == "" || count("cohort").Sign() == 0 {
		return // nothing follows the last stage, and nobody is no cohort: a reversal's value stands here alone
	}
	to.add(there, key("maturity", r["maturity"])...)
	if r["maturity"] == noEntries {
		return // the report has no figures of a stage that nobody keeps
	}
	to.add(there, key("small_sample", r["small_sample"])...)
	for _, column := range []string{"converted", "already", "horizon_days", "velocity_n"} {
		to.add(count(column), key(column)...)
	}
	optional("converted_value", scale)
	for _, column := range []string{"conversion_rate", "wilson_low", "wilson_high", "km_rate", "km_observed_days", "period_ratio", "median_days", "p75_days", "p90_days"} {
		optional(column, 6)
	}
	to.add(count("km_at_risk"), key("km_at_risk")...)
}

// funnelCells writes a row of the oracle as the report does.
func funnelCells(r oracle.FunnelRow, scale int) Row {
	maturity := map[bool]string{true: "final", false: "immature"}[r.Final]
	if r.NoEntries {
		maturity = noEntries
	}
	return Row{
		"opportunity_type": r.OpportunityType, "channel": r.Group, "from_stage": r.From, "to_stage": r.To,
		"volume": whole(r.Volume), "skipped": whole(r.Skipped), "cohort": whole(r.Cohort), "converted": whole(r.Converted),
		"already": whole(r.Already), "horizon_days": whole(r.HorizonDays), "velocity_n": whole(r.VelocityN),
		"conversion_rate": decimalOf(r.Rate, 6), "wilson_low": decimalOf(r.WilsonLow, 6), "wilson_high": decimalOf(r.WilsonHigh, 6),
		"small_sample": map[bool]string{true: "true", false: "false"}[r.SmallSample], "maturity": maturity,
		"km_rate": decimalOf(r.KMRate, 6), "km_at_risk": whole(r.KMAtRisk), "km_observed_days": decimalOf(r.KMObservedDays, 6),
		"period_ratio": decimalOf(r.PeriodRatio, 6),
		"median_days":  decimalOf(r.Median, 6), "p75_days": decimalOf(r.P75, 6), "p90_days": decimalOf(r.P90, 6),
		"value": decimalOf(r.Value, scale), "converted_value": decimalOf(r.ConvertedValue, scale),
	}
}

func whole(n int) string { return big.NewInt(int64(n)).String() }

// decimalOf writes a whole number of 10^-scale as a decimal, nothing as nothing.
func decimalOf(n *big.Int, scale int) string {
	if n == nil {
		return ""
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(n, unit).FloatString(scale)
}
