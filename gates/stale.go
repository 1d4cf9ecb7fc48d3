package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/findings"
)

var stale = gate{
	check: "stale", meaning: "the newest row is older than freshness allows", stage: files, noExamples: true, limits: limited(none, always),
	query:      sql("stale"),
	severityOf: func(_ *Evaluator, c candidate) (findings.Rule, bool) { return limited(none, c.Now), true },
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: its newest row is from %s, %s ago; freshness allows %s", c.Table, c.Keys, plural(int64(c.Value), "day", "days"), plural(int64(c.Now), "day", "days"))
	},
	remedy: "check whether the export was made",
	shows:  func(c candidate) string { return byMonth(c.Table) },
}
