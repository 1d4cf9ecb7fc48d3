package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Less of pipeline or revenue is attributed.
var attributedFell = gate{
	check: "attributed_fell", meaning: "less is attributed than in the last run", stage: credit, limits: limited(0.05, 0.2), needsBaseline: true, lookBack: true,
	query: `
		SELECT NULL AS table_name, b.key AS column_name, NULL AS period, 0 AS rows, b.n / b.total - m.n / m.total AS value, m.n / m.total AS now,
			b.n / b.total AS before, 1 AS weight, CAST(ROUND(m.micros * (b.n / b.total - m.n / m.total)) AS HUGEINT) AS micros, NULL AS keys
		FROM baseline AS b
		INNER JOIN measures AS m ON m.measure = 'attributed' AND m.key = b.key
		WHERE b.measure = 'attributed' AND b.total > 0 AND m.total > 0 AND b.n / b.total > m.n / m.total`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: %s is attributed%s", c.Column, percent(c.Now), j.before(percent(c.Before)))
	},
	remedy: "look at the reports coverage and reconciliation, which show why conversions have no journey",
	shows: func(c caught) string {
		return "SELECT path, reason, COUNT(*) AS conversions FROM conversions WHERE conversion_type = " + engine.Text(c.Column) + " GROUP BY ALL ORDER BY ALL"
	},
}
