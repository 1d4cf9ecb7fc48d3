package gates

import "fmt"

// A table that the baseline had is not given.
var tableGone = gate{
	check: "table_gone", meaning: "rows of a table that is no longer given", stage: files, limits: limited(none, always), needsBaseline: true,
	query: `
		SELECT b.table_name, NULL AS column_name, NULL AS period, b.n AS rows, 1 AS value, 0 AS now, b.n AS before, 1 AS weight, b.micros, NULL AS keys
		FROM baseline AS b
		LEFT JOIN measures AS m ON m.measure = 'rows' AND m.table_name = b.table_name
		WHERE b.measure = 'rows' AND b.n > 0 AND m.table_name IS NULL`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s is no longer given%s", c.Table, j.before(plural(c.Rows, "row", "rows")))
	},
	remedy: "provide the table, or accept the finding once if it is gone for good",
}
