package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
)

var costRestated = gate{
	check: "cost_restated", meaning: "the cost of days long past fell", stage: journeys, noExamples: true, limits: limited(always, none), needsBaseline: true, lookBack: true,
	query: sql("cost_restated"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("costs of %s older than 30 days before as-of fell by %s since run %s (from %s to %s)",
			plural(c.Rows, "day", "days"), e.currency.Amount(c.Micros), e.baseline.ID, c.keys()[0], c.keys()[1])
	},
	remedy: "check whether the export of costs was cut, or whether money was paid back",
	shows: func(c candidate) string {
		return "SELECT * FROM costs WHERE starts_on <= " + engine.Text(c.keys()[1]) + " AND ends_on >= " + engine.Text(c.keys()[0])
	},
}
