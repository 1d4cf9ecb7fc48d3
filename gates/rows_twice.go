package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

var rowsTwice = gate{
	check: "rows_twice", meaning: "rows are complete copies of other rows", stage: files, limits: limited(always, 0.2),
	query: sql("rows_twice"),
	// A few equal rows are normal in a small table.
	severityOf: func(_ *Evaluator, c candidate) (findings.Rule, bool) { return limited(always, none), c.Rows < fewRows },
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: %s of another one in every column, %s of the table%s; this happens if a file is read twice",
			c.Table, plural(c.Rows, "row is a copy", "rows are copies"), percent(c.Value), e.before(words.Number(int64(c.Before))))
	},
	remedy: "check whether the export contains its rows twice, or several files contain the same rows",
	shows: func(c candidate) string {
		return "SELECT *, COUNT(*) AS copies FROM " + engine.Name(c.Table) + " GROUP BY ALL HAVING COUNT(*) > 1"
	},
}
