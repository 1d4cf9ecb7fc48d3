package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
)

var wonChanged = gate{
	check: "won_changed", meaning: "opportunities changed the revenue of settled months", stage: journeys, limits: limited(always, none), needsBaseline: true, lookBack: true,
	query: sql("won_changed", "{deals}", sql("deals")),
	message: func(e *Evaluator, c candidate) string {
		change := "by nothing in total"
		if c.Micros != "0" && c.Micros != "" {
			change = "by " + e.currency.Amount(c.Micros)
		}
		return fmt.Sprintf("revenue of %s, which was settled, changed since run %s %s: %s (for example %s)",
			c.Period, e.baseline.ID, change, c.keys()[0], some(c.keys()[1:]))
	},
	remedy: "ask who changed these opportunities in the CRM; finance may have closed the month",
	shows:  func(c candidate) string { return showDeals(c.keys()[1:]) },
}

// showDeals is a SELECT of the first hundred of these opportunities.
func showDeals(ids []string) string {
	quoted := make([]string, 0, 100)
	for _, id := range ids[:min(len(ids), 100)] {
		quoted = append(quoted, engine.Text(id))
	}
	return "SELECT * FROM opportunities WHERE opportunity_id IN (" + strings.Join(quoted, ", ") + ")"
}
