package gates

import (
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

var columnEmptied = gate{
	check: "column_emptied", meaning: "rows lost the value of a column", stage: files, noExamples: true, limits: limited(0.05, 0.2), needsBaseline: true, relative: true,
	query: sql("column_emptied"),
	severityOf: func(_ *Evaluator, c candidate) (findings.Rule, bool) {
		decides := c.Table == "opportunities" && slices.Contains([]string{"amount", "closed_at", "stage", "is_won"}, c.Column)
		switch {
		case c.Keys != "":
			return limited(none, always), true // no value is left, so any number of lost values refuses
		case decides:
			return limited(0.05, 0.05), true
		}
		return findings.Rule{}, false
	},
	message: func(e *Evaluator, c candidate) string {
		switch {
		case c.Keys == "gone":
			return fmt.Sprintf("%s: the column %s is gone%s", c.Table, c.Column, e.before("filled in "+percent(c.Before)+" of the rows"))
		case c.Now == 0:
			return fmt.Sprintf("%s: the column %s is empty%s", c.Table, c.Column, e.before("filled in "+percent(c.Before)+" of the rows"))
		}
		return fmt.Sprintf("%s: the column %s is filled in %s of the rows%s", c.Table, c.Column, percent(c.Now), e.before(percent(c.Before)))
	},
	remedy: "check whether the column was renamed in the export, or left out of it",
	shows: func(c candidate) string {
		return "SELECT * FROM " + engine.Name(c.Table) + " WHERE " + engine.Name(storedColumn(c.Table, c.Column)) + " IS NULL"
	},
}

// storedColumn is the name of a column in the relation of its table.
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
