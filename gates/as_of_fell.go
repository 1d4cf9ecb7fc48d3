package gates

import "fmt"

var asOfFell = gate{
	check: "as_of_fell", meaning: "the data ends earlier than in the last run", stage: files, noExamples: true, limits: limited(none, always), needsBaseline: true, lookBack: true,
	query: sql("as_of_fell"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("as-of fell: the data ends at %s; in run %s it ended at %s", c.keys()[0], e.baseline.ID, c.keys()[1])
	},
	remedy: "check whether older files were delivered",
	shows:  func(candidate) string { return "SELECT * FROM measures WHERE measure = 'newest'" },
}
