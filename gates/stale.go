package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/findings"
)

// The newest row of a table is older than freshness allows, by the clock of the machine. No other
// gate looks at it.
var stale = gate{
	check: "stale", meaning: "the newest row is older than freshness allows", stage: files, noExamples: true, limits: limited(none, always),
	query: `
		SELECT m.table_name, NULL AS column_name, NULL AS period, 0 AS rows,
			DATE_DIFF('day', DATE '1970-01-01', CAST(g.clock AS DATE)) - m.n AS value, t.fresh_days AS now, 0 AS before, 1 AS weight, NULL AS micros,
			CAST(DATE '1970-01-01' + CAST(m.n AS INTEGER) AS VARCHAR) AS keys
		FROM measures AS m
		INNER JOIN gate_tables AS t ON t.table_name = m.table_name
		CROSS JOIN gate_settings AS g
		WHERE m.measure = 'newest' AND DATE_DIFF('day', DATE '1970-01-01', CAST(g.clock AS DATE)) - m.n > t.fresh_days`,
	severityOf: func(_ *Judge, c caught) (findings.Rule, bool) { return limited(none, c.Now), true },
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: its newest row is from %s, %s ago; freshness allows %s", c.Table, c.Keys, plural(int64(c.Value), "day", "days"), plural(int64(c.Now), "day", "days"))
	},
	remedy: "check whether the export was made",
	shows:  func(c caught) string { return byMonth(c.Table) },
}
