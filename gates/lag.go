package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/findings"
)

var lag = gate{
	check: "lag", meaning: "the table ends long before the others", stage: files, noExamples: true, limits: limited(31, none),
	query: sql("lag"),
	severityOf: func(j *Judge, c caught) (findings.Rule, bool) {
		return limited(none, always), j.baseline != nil && !j.hasOverrides && c.Now >= 31 // it grew by so much
	},
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: its newest row is from %s, %s before the newest of the other tables%s", c.Table, c.Keys, plural(int64(c.Value), "day", "days"),
			j.before(plural(int64(c.Before), "day", "days")))
	},
	remedy: "check whether the export is still updated; set occasional: true under its table if it is only delivered from time to time",
	shows:  func(c caught) string { return byMonth(c.Table) },
}
