package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
)

// The cost of days long past fell: an advertiser restates the last days, not those before.
var costRestated = gate{
	check: "cost_restated", meaning: "the cost of days long past fell", stage: journeys, noExamples: true, limits: limited(always, none), needsBaseline: true, lookBack: true,
	query: `
		WITH fallen AS (
			SELECT b.period AS day, b.micros - COALESCE(m.micros, 0) AS micros
			FROM baseline AS b
			CROSS JOIN gate_settings AS g
			LEFT JOIN measures AS m ON m.measure = 'cost_day' AND m.period = b.period
			WHERE b.measure = 'cost_day' AND g.same_currency AND CAST(b.period AS DATE) < CAST(g.as_of AS DATE) - 30
				AND b.micros > COALESCE(m.micros, 0)
		)
		SELECT 'costs' AS table_name, 'amount' AS column_name,
			CASE WHEN MIN(day[1:7]) = MAX(day[1:7]) THEN MIN(day[1:7]) ELSE MIN(day[1:7]) || ' to ' || MAX(day[1:7]) END AS period,
			COUNT(*) AS rows, COUNT(*) AS value, COUNT(*) AS now, 0 AS before, 1 AS weight, SUM(micros) AS micros,
			MIN(day) || CHR(31) || MAX(day) AS keys
		FROM fallen
		HAVING COUNT(*) > 0`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("costs of %s older than 30 days before as-of fell by %s since run %s (from %s to %s)",
			plural(c.Rows, "day", "days"), j.currency.Amount(c.Micros), j.baseline.ID, c.keys()[0], c.keys()[1])
	},
	remedy: "check whether the export of costs was cut, or whether money was paid back",
	shows: func(c caught) string {
		return "SELECT * FROM costs WHERE starts_on <= " + engine.Text(c.keys()[1]) + " AND ends_on >= " + engine.Text(c.keys()[0])
	},
}
