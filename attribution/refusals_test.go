package attribution

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Data from which no one can tell what to credit is refused, with all that is wrong of its kind.
func TestDataThatCannotBeCreditedIsRefused(t *testing.T) {
	const won = `INSERT INTO opportunities (opportunity_id, created_at, closed_at, stage, is_won, amount_minor, currency, reverses_opportunity_id) VALUES `
	for _, c := range []struct{ name, rows, want string }{
		{"a win that nothing dates", won + `('O-1', '2025-01-01', NULL, 'Closed Won', NULL, 1, 'USD', NULL), ('O-2', '2025-01-01', NULL, 'Closed Won', NULL, 1, 'USD', NULL)`,
			`opportunities: closed_at: won, but neither closed_at nor stage_history says when: "O-1", "O-2"`},
		{"eleven of them", won + strings.TrimSuffix(strings.Repeat(`('O-' || CAST(NEXTVAL('n') AS VARCHAR), '2025-01-01', NULL, 'Closed Won', NULL, 1, 'USD', NULL), `, 11), ", "),
			`"O-8", ... (11 in all)`},
		{"an amount without a rate", won + `('O-1', '2025-01-01', '2025-02-01', 'Closed Won', NULL, 1, 'EUR', NULL)`,
			`opportunities: amount: no rate in exchange_rates at or before the day: "O-1 (EUR on 2025-01-01)", "O-1 (EUR on 2025-02-01)"`},
		{"a cost without a rate", `INSERT INTO costs (starts_on, ends_on, channel, amount_micros, currency) VALUES ('2025-01-01', '2025-01-01', 'Email', 5, 'EUR')`,
			`costs: amount: no rate in exchange_rates at or before the day: "EUR on 2025-01-01"`},
		{"a rate of the reporting currency", `INSERT INTO exchange_rates (currency, effective_on, rate_digits, rate_scale) VALUES ('USD', '2025-01-01', 11, 1)`,
			`exchange_rates: rate: the rate of the reporting currency must be 1: "USD from 2025-01-01"`},
		{"reversals in a circle", won + `('O-1', '2025-01-01', '2025-02-01', 'Closed Won', NULL, 1, 'USD', 'O-2'), ('O-2', '2025-01-01', '2025-02-01', 'Closed Won', NULL, -1, 'USD', 'O-1')`,
			`opportunities: reverses_opportunity_id: "O-1" reverses an opportunity that reverses it`},
		{"no stage that means won or lost", won + `('O-1', '2025-01-01', NULL, 'Signed', NULL, 1, 'USD', NULL), ('O-2', '2025-01-01', NULL, 'Talking', NULL, 1, 'USD', NULL)`,
			`no stage is known to mean won or lost, and is_won is empty; the stages are "Signed", "Talking"`},
		{"identities in a circle", `INSERT INTO identity_map (from_id, to_id, kind, to_kind) VALUES ('C-1', 'C-2', 'contact', 'contact'), ('C-2', 'C-1', 'contact', 'contact')`,
			`identity_map: its rows form a cycle: "contact C-1" -> "contact C-2" -> "contact C-1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			eng, err := engine.Open(t.Context(), engine.Options{Threads: 1})
			if err != nil {
				t.Fatal(err)
			}
			defer eng.Close()
			must(t, eng, `CREATE TABLE touchpoints (touch_id VARCHAR)`)
			must(t, eng, `CREATE TABLE currencies AS SELECT * FROM (VALUES ('USD', 2, CAST(100 AS BIGINT)), ('EUR', 2, 100)) AS v(currency, exponent, minor_per_unit)`)
			must(t, eng, `CREATE SEQUENCE n`)
			stagetest.CompleteContract(t, eng, false)
			must(t, eng, c.rows)
			err = Credit(t.Context(), eng, []credit.Model{firstTouch, linear}, smallOptions(t), nil)
			if err == nil || !strings.Contains(err.Error(), c.want) || failure.CodeOf(err) != failure.Contract {
				t.Errorf("got %v (%v), want %s", err, failure.CodeOf(err), c.want)
			}
		})
	}
}
