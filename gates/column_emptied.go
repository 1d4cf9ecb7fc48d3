package gates

import (
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// A column is gone, or less of it is filled. A column of which nothing is left refuses; of what
// decides whether a deal is won, and for how much, little is enough.
var columnEmptied = gate{
	check: "column_emptied", meaning: "rows lost the value of a column", stage: files, noExamples: true, limits: limited(0.05, 0.2), needsBaseline: true, relative: true,
	query: `
		SELECT b.table_name, b.column_name, NULL AS period, CAST(ROUND(m.total * (b.n / b.total - m.n / m.total)) AS BIGINT) AS rows,
			b.n / b.total - m.n / m.total AS value, m.n / m.total AS now, b.n / b.total AS before,
			CASE WHEN g.n IS NULL OR (m.n = 0 AND b.n >= 20) THEN 1 WHEN b.column_name = 'amount' THEN (r.micros - COALESCE(w.micros, 0)) / NULLIF(r.micros, 0) ELSE 0 END AS weight,
			CASE WHEN b.column_name = 'amount' AND b.table_name = 'opportunities' THEN r.micros - COALESCE(w.micros, 0) END AS micros,
			CASE WHEN g.n IS NULL THEN 'gone' WHEN m.n = 0 AND b.n >= 20 THEN 'emptied' END AS keys
		FROM baseline AS b
		INNER JOIN measures AS m ON m.measure = 'filled' AND m.table_name = b.table_name AND m.column_name = b.column_name
		LEFT JOIN (SELECT DISTINCT table_name, column_name, n FROM measures WHERE measure = 'given') AS g
			ON g.table_name = b.table_name AND g.column_name = b.column_name
		LEFT JOIN baseline AS r ON r.measure = 'rows' AND r.table_name = b.table_name
		LEFT JOIN measures AS w ON w.measure = 'rows' AND w.table_name = b.table_name
		WHERE b.measure = 'filled' AND b.total > 0 AND m.total > 0 AND b.n / b.total > m.n / m.total`,
	severityOf: func(_ *Judge, c caught) (findings.Rule, bool) {
		decides := c.Table == "opportunities" && slices.Contains([]string{"amount", "closed_at", "stage", "is_won"}, c.Column)
		switch {
		case c.Keys != "":
			return limited(none, always), true // however few rows had a value: nothing of it is left
		case decides:
			return limited(0.05, 0.05), true
		}
		return findings.Rule{}, false
	},
	say: func(j *Judge, c caught) string {
		switch {
		case c.Keys == "gone":
			return fmt.Sprintf("%s: the column %s is gone%s", c.Table, c.Column, j.before("filled in "+percent(c.Before)+" of the rows"))
		case c.Now == 0:
			return fmt.Sprintf("%s: the column %s is empty%s", c.Table, c.Column, j.before("filled in "+percent(c.Before)+" of the rows"))
		}
		return fmt.Sprintf("%s: the column %s is filled in %s of the rows%s", c.Table, c.Column, percent(c.Now), j.before(percent(c.Before)))
	},
	remedy: "check whether the column was renamed in the export, or left out of it",
	shows: func(c caught) string {
		return "SELECT * FROM " + engine.Name(c.Table) + " WHERE " + engine.Name(storedColumn(c.Table, c.Column)) + " IS NULL"
	},
}

// storedColumn is how the relation of a table calls a column.
func storedColumn(table, column string) string {
	for _, t := range contract.Tables() {
		for _, c := range t.Columns {
			if t.Name == table && c.Name == column {
				return c.Stored()
			}
		}
	}
	return column
}
