package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

var rowsFell = gate{
	check: "rows_fell", meaning: "rows are missing that the last run had", stage: files, noExamples: true, limits: limited(0.02, 0.1), needsBaseline: true, relative: true,
	query: sql("rows_fell"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s has %s, %s fewer than the %s of run %s", c.Table, plural(int64(c.Now), "row", "rows"), percent(c.Value), words.Number(int64(c.Before)), c.Keys)
	},
	remedy: "check whether the export was cut, or filtered",
	shows:  func(c candidate) string { return byMonth(c.Table) },
}

var rowsRose = gate{
	check: "rows_rose", meaning: "rows were added since the last run", stage: files, noExamples: true, limits: limited(0.3, 1), needsBaseline: true, relative: true,
	query: sql("rows_rose"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s has %s, %s more than the %s of run %s", c.Table, plural(int64(c.Now), "row", "rows"), percent(c.Value), words.Number(int64(c.Before)), e.baseline.ID)
	},
	remedy: "check whether the export contains rows twice, or rows that it did not contain before",
	shows:  func(c candidate) string { return byMonth(c.Table) },
}

// byMonth counts the rows of a table by the month of its own date.
func byMonth(table string) string {
	date := dateOf[table]
	if date == "" {
		return "SELECT COUNT(*) AS rows FROM " + engine.Name(table)
	}
	return "SELECT STRFTIME(" + date + ", '%Y-%m') AS month, COUNT(*) AS rows FROM " + engine.Name(table) + " GROUP BY ALL ORDER BY ALL"
}
