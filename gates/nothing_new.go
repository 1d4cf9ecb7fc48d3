package gates

import "fmt"

var nothingNew = gate{
	check: "nothing_new", meaning: "every file is the same as before", stage: files, limits: limited(always, none), needsBaseline: true,
	query: sql("nothing_new"),
	message: func(e *Evaluator, _ candidate) string {
		return fmt.Sprintf("every input file is the same, byte for byte, as in run %s: nothing new was delivered", e.baseline.ID)
	},
	remedy: "check whether the exports were made",
}
