package gates

import "fmt"

var baselineDamaged = gate{
	check: "baseline_damaged", meaning: "published runs are damaged and not used for comparison", stage: files, limits: limited(always, none),
	query:      sql("baseline_damaged"),
	noExamples: true,
	message: func(e *Evaluator, c candidate) string {
		instead := "this run is compared with none"
		if e.baseline != nil {
			instead = "this run is compared with run " + e.baseline.ID
		}
		return fmt.Sprintf("%s damaged: %s; %s", plural(c.Rows, "published run is", "published runs are"), some(c.keys()), instead)
	},
	remedy: "list the damaged files with `tributary verify RUN`; restore the run from a backup, or delete its directory",
}
