package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

var wordsChanged = gate{
	check: "words_changed", meaning: "rows have a word that is new, or had one that is gone", stage: files, limits: limited(always, none), needsBaseline: true,
	query:      sql("words_changed", "{plain_key}", plainWord("w.key")),
	severityOf: func(_ *Evaluator, c candidate) (findings.Rule, bool) { return limited(none, always), c.Now == 1 },
	message: func(e *Evaluator, c candidate) string {
		var gone, fresh []string
		for _, key := range c.keys() {
			if key[0] == '-' {
				gone = append(gone, key[1:])
			} else {
				fresh = append(fresh, key[1:])
			}
		}
		var changes []string
		if len(gone) > 0 {
			changes = append(changes, "has no "+list(gone)+" any more")
		}
		if len(fresh) > 0 {
			changes = append(changes, "has the new "+words.Choose(len(fresh), "word ", "words ")+list(fresh))
		}
		return fmt.Sprintf("%s: the column %s %s (compared with run %s)", c.Table, c.Column, strings.Join(changes, ", and "), e.baseline.ID)
	},
	remedy: "if words were renamed, add the new ones to the configuration (won_stages, responses, touch_types, funnel.stages ...)",
	shows: func(c candidate) string {
		return "SELECT " + engine.Name(c.Column) + ", COUNT(*) AS rows FROM " + engine.Name(c.Table) + " GROUP BY ALL ORDER BY ALL"
	},
}
