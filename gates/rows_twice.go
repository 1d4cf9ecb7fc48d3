package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// Rows of tables without a key may be equal and still be different ones; a file that was read twice
// makes all of them so.
var rowsTwice = gate{
	check: "rows_twice", meaning: "rows are complete copies of other rows", stage: files, limits: limited(always, 0.2),
	query: `
		SELECT s.table_name, NULL AS column_name, NULL AS period, s.n AS rows, s.n / s.total AS value, s.n AS now, COALESCE(b.n, 0) AS before,
			0 AS weight, NULL AS micros, NULL AS keys
		FROM measures AS s
		LEFT JOIN baseline AS b ON b.measure = 'surplus' AND b.table_name = s.table_name
		WHERE s.measure = 'surplus' AND s.n > 0
			AND (s.n > COALESCE(b.n, 0) OR s.n / s.total >= 0.2)`,
	// Few equal rows are a matter of course in a small table.
	severityOf: func(_ *Judge, c caught) (findings.Rule, bool) { return limited(always, none), c.Rows < fewRows },
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: %s of another one in every column, %s of the table%s; this happens if a file is read twice",
			c.Table, plural(c.Rows, "row is a copy", "rows are copies"), percent(c.Value), j.before(words.Number(int64(c.Before))))
	},
	remedy: "check whether the export contains its rows twice, or several files contain the same rows",
	shows: func(c caught) string {
		return "SELECT *, COUNT(*) AS copies FROM " + engine.Name(c.Table) + " GROUP BY ALL HAVING COUNT(*) > 1"
	},
}
