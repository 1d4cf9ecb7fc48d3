package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/findings"
)

var lag = gate{
	check: "lag", meaning: "the table ends long before the others", stage: files, noExamples: true, limits: limited(31, none),
	query: sql("lag"),
	severityOf: func(e *Evaluator, c candidate) (findings.Rule, bool) {
		return limited(none, always), e.baseline != nil && !e.hasOverrides && c.Now >= 31 // the lag grew by a month
	},
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: its newest row is from %s, %s before the newest of the other tables%s", c.Table, c.Keys, plural(int64(c.Value), "day", "days"),
			e.before(plural(int64(c.Before), "day", "days")))
	},
	remedy: "check whether the export is still updated; set occasional: true under its table if it is only delivered from time to time",
	shows:  func(c candidate) string { return byMonth(c.Table) },
}
