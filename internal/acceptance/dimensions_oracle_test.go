package acceptance

import (
	"math/big"
	"path/filepath"
	"testing"

	"github.com/tributary-engine/tributary/internal/oracle"
)

// compareDimensions compares every measure of every dimension: which value a credit row and a cost
// belong to, which values are told apart, and which dimensions have cost.
func compareDimensions(t *testing.T, directory string, scale int, expected oracle.Result) {
	t.Helper()
	got, want := figures{}, figures{}
	stages := map[string]string{"leads": "lead", "mqls": "mql", "sqls": "sql"}
	for _, r := range ReadReport(t, filepath.Join(directory, "reports", "dimension_performance.csv")) {
		key := []any{r["basis"], r["opportunity_type"], r["model"], r["dimension"], undefused(r["value"])}
		for column, decimals := range map[string]int{"cost": 6, "opportunities": 6, "won": 6, "leads": 6, "mqls": 6, "sqls": 6, "pipeline": scale, "open_pipeline": scale, "revenue": scale} {
			if r[column] != "" {
				got.add(scaled(t, r[column], decimals), append(key, column)...)
			}
		}
	}
	for _, r := range expected.Dimensions {
		key := []any{r.Basis, r.OpportunityType, r.Model, r.Dimension, undefused(r.Value)} // some begin with an apostrophe of their own
		for column, amount := range map[string]*big.Int{"cost": r.CostMicros, "opportunities": r.Opportunities, "won": r.Won,
			"pipeline": r.Pipeline, "open_pipeline": r.OpenPipeline, "revenue": r.Revenue} {
			want.add(amount, append(key, column)...)
		}
		for column, stage := range stages {
			want.add(r.Stages[stage], append(key, column)...)
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("dimension_performance:\n%s", d)
	}
}
