package gates

import (
	"fmt"
	"strings"
)

var closedPeriod = gate{
	check: "closed_period", meaning: "figures of closed months changed", stage: credit, limits: limited(none, always), needsBaseline: true, lookBack: true,
	query: sql("closed_period", "{deals}", sql("deals")),
	message: func(e *Evaluator, c candidate) string {
		var parts []string
		if causes := c.keys()[0]; causes != "" {
			change := "by nothing in total"
			if c.Micros != "0" && c.Micros != "" {
				change = "by " + e.currency.Amount(c.Micros)
			}
			parts = append(parts, fmt.Sprintf("revenue changed %s: %s (for example %s)", change, causes, some(c.keys()[1:])))
		}
		if c.Now > 0 {
			parts = append(parts, fmt.Sprintf("the credit of %.0f combinations of channel and campaign changed", c.Now))
		}
		return fmt.Sprintf("figures of %s, of books that are closed through %s, changed since run %s: %s", c.Period, e.job.ClosedThrough, e.baseline.ID, strings.Join(parts, "; "))
	},
	remedy: "`tributary diff` with the refused run says why; if the change is right, accept it with a reason for finance, and the bridge stays with the run",
	shows:  func(c candidate) string { return showDeals(c.keys()[1:]) },
}
