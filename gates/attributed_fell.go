package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
)

var attributedFell = gate{
	check: "attributed_fell", meaning: "less is attributed than in the last run", stage: credit, limits: limited(0.05, 0.2), needsBaseline: true, lookBack: true,
	query: sql("attributed_fell"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: %s is attributed%s", c.Column, percent(c.Now), e.before(percent(c.Before)))
	},
	remedy: "look at the reports coverage and reconciliation, which show why conversions have no journey",
	shows: func(c candidate) string {
		return "SELECT path, reason, COUNT(*) AS conversions FROM conversions WHERE conversion_type = " + engine.Text(c.Column) + " GROUP BY ALL ORDER BY ALL"
	},
}
