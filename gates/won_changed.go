package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

// The amount won in a settled month changed: one that ended more than 35 days before as-of. Months
// whose books are closed have a gate of their own.
var wonChanged = gate{
	check: "won_changed", meaning: "opportunities changed the revenue of settled months", stage: journeys, limits: limited(always, none), needsBaseline: true, lookBack: true,
	query: `
		WITH ` + changedDeals + `,
		settled AS (
			SELECT d.*, LEAST(CASE WHEN d.then_in <= g.until THEN d.then_in END, CASE WHEN d.now_in <= g.until THEN d.now_in END) AS first_month,
				GREATEST(CASE WHEN d.then_in <= g.until THEN d.then_in END, CASE WHEN d.now_in <= g.until THEN d.now_in END) AS last_month
			FROM deals AS d
			CROSS JOIN (SELECT closed_month, settled_month AS until, same_currency FROM gate_settings) AS g
			WHERE g.same_currency AND (d.then_in <= g.until OR d.now_in <= g.until)
				AND NOT COALESCE(LEAST(d.then_in, d.now_in) <= g.closed_month, FALSE)
		),
		causes AS (
			SELECT cause, COUNT(*) AS n FROM settled GROUP BY cause
		)
		SELECT 'opportunities' AS table_name, 'amount' AS column_name,
			CASE WHEN MIN(first_month) = MAX(last_month) THEN MIN(first_month) ELSE MIN(first_month) || ' to ' || MAX(last_month) END AS period,
			COUNT(*) AS rows, COUNT(*) AS value, 0 AS now, 0 AS before, 1 AS weight,
			SUM(now - before) AS micros,
			(SELECT STRING_AGG(n || ' ' || cause, ', ' ORDER BY n DESC, cause) FROM causes) || CHR(31)
				|| STRING_AGG(id, CHR(31) ORDER BY ABS(now - before) DESC, id) AS keys
		FROM settled
		HAVING COUNT(*) > 0`,
	say: func(j *Judge, c caught) string {
		change := "by nothing in total"
		if c.Micros != "0" && c.Micros != "" {
			change = "by " + j.currency.Amount(c.Micros)
		}
		return fmt.Sprintf("revenue of %s, which was settled, changed since run %s %s: %s (for example %s)",
			c.Period, j.baseline.ID, change, c.keys()[0], some(c.keys()[1:]))
	},
	remedy: "ask who changed these opportunities in the CRM; finance may have closed the month",
	shows:  func(c caught) string { return showDeals(c.keys()[1:]) },
}

// changedDeals is the step deals: one row per opportunity whose amount or month of winning differs from
// the baseline's, with the cause.
const changedDeals = `deals AS (
			SELECT COALESCE(b.key, m.key) AS id, b.period AS then_in, m.period AS now_in,
				CASE WHEN b.period IS NOT NULL THEN b.micros ELSE 0 END AS before, CASE WHEN m.period IS NOT NULL THEN m.micros ELSE 0 END AS now,
				CASE
					WHEN m.key IS NULL THEN 'gone'
					WHEN m.period IS NULL THEN 'no longer won'
					WHEN b.key IS NULL THEN 'new'
					WHEN b.period IS NULL THEN 'newly won'
					WHEN b.period <> m.period THEN 'won in another month'
					ELSE 'of another amount'
				END AS cause
			FROM (SELECT * FROM baseline WHERE measure = 'deal') AS b
			FULL JOIN (SELECT * FROM measures WHERE measure = 'deal') AS m ON m.key = b.key
			WHERE b.period IS DISTINCT FROM m.period OR (b.period IS NOT NULL AND b.micros <> m.micros)
		)`

// showDeals is the SELECT of the first hundred of these opportunities.
func showDeals(ids []string) string {
	quoted := make([]string, 0, 100)
	for _, id := range ids[:min(len(ids), 100)] {
		quoted = append(quoted, engine.Text(id))
	}
	return "SELECT * FROM opportunities WHERE opportunity_id IN (" + strings.Join(quoted, ", ") + ")"
}
