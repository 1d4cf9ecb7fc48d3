package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/words"
)

var quarantineRose = gate{
	check: "quarantine_rose", meaning: "rows are in the quarantine, more than in the last run", stage: files, limits: limited(always, none), needsBaseline: true,
	query: sql("quarantine_rose"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: %s in the quarantine, %s more than in run %s",
			c.Table, plural(int64(c.Now), "row is", "rows are"), words.Number(c.Rows), e.baseline.ID)
	},
	remedy: "see the reasons in quarantine/<table>.csv",
}
