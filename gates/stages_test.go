package gates

import (
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Gates that compare a run with its baselines fire beyond their limits, and only there:
// testdata/stages. "run CHECK" asks the gates of that name, of a run whose baseline is run 000002,
// and stores what they found in the table found.
func TestStages(t *testing.T) {
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			e := &Evaluator{engine: eng, baseline: &runs.Summary{ID: "000002"}, currency: findings.Currency{Code: "USD", Decimals: 2}}
			for _, statement := range []string{
				"CREATE VIEW baseline AS SELECT * FROM baselines WHERE position = 1",
				"CREATE TABLE found (table_name VARCHAR, column_name VARCHAR, severity VARCHAR, rows BIGINT, message VARCHAR)",
			} {
				if err := eng.Exec(t.Context(), statement); err != nil {
					t.Fatal(err)
				}
			}
			for _, g := range all() {
				if g.check != name {
					continue
				}
				found, err := e.run(t.Context(), g)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					if err := eng.Exec(t.Context(), "INSERT INTO found VALUES (?, ?, ?, ?, ?)", f.Table, f.Column, string(f.Severity), f.Rows, f.String()); err != nil {
						t.Fatal(err)
					}
				}
			}
		},
	})
	known := map[string]bool{}
	for _, name := range Checks() {
		known[name] = true
	}
	for _, name := range ran {
		if !known[name] {
			t.Errorf("%s is not a gate", name)
		}
	}
}
