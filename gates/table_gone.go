package gates

import "fmt"

var tableGone = gate{
	check: "table_gone", meaning: "rows of a table that is no longer given", stage: files, limits: limited(none, always), needsBaseline: true,
	query: sql("table_gone"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s is no longer given%s", c.Table, e.before(plural(c.Rows, "row", "rows")))
	},
	remedy: "provide the table, or accept the finding once if it is gone for good",
}
