package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

var monthFell = gate{
	check: "month_fell", meaning: "rows of settled months were added or are gone", stage: files, limits: limited(always, 0.1), needsBaseline: true, lookBack: true,
	query: sql("months", "{which}", "NOT rolled"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: the rows of %s changed since run %s: %s", c.Table, plural(int64(len(c.keys())), "month that was settled", "months that were settled"), e.baseline.ID, some(c.keys()))
	},
	remedy: "check why the past changed: the export may be cut or filtered by date, or rows came late",
	shows: func(c candidate) string {
		first, last := c.Period[:7], c.Period[len(c.Period)-7:]
		return "SELECT * FROM " + engine.Name(c.Table) + " WHERE STRFTIME(" + dateOf[c.Table] + ", '%Y-%m') BETWEEN " + engine.Text(first) + " AND " + engine.Text(last)
	},
}

var monthsRolled = gate{
	check: "months_rolled", meaning: "rows before the first month of a rolling export are gone", stage: files, limits: findings.Rule{Severity: findings.Info}, needsBaseline: true, lookBack: true, isLogged: true,
	query: sql("months", "{which}", "rolled"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s begins later than in run %s: %s fewer rows in the months up to its oldest row; the export seems to cover a rolling period", c.Table, e.baseline.ID, words.Number(c.Rows))
	},
	shows: func(c candidate) string { return byMonth(c.Table) },
}
