package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/words"
)

// More rows are in the quarantine than before. Above its limit the run is refused for the input
// contract.
var quarantineRose = gate{
	check: "quarantine_rose", meaning: "rows are in the quarantine, more than in the last run", stage: files, limits: limited(always, none), needsBaseline: true,
	query: `
		SELECT m.table_name, NULL AS column_name, NULL AS period, m.n - COALESCE(b.n, 0) AS rows, m.n AS value, m.n AS now, COALESCE(b.n, 0) AS before,
			0 AS weight, NULL AS micros, NULL AS keys
		FROM measures AS m
		LEFT JOIN baseline AS b ON b.measure = 'quarantined' AND b.table_name = m.table_name
		WHERE m.measure = 'quarantined' AND m.n > COALESCE(b.n, 0)`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: %s in the quarantine, %s more than in run %s",
			c.Table, plural(int64(c.Now), "row is", "rows are"), words.Number(c.Rows), j.baseline.ID)
	},
	remedy: "see the reasons in quarantine/<table>.csv",
}
