package gates

import "fmt"

// A run that this one should be held against is not as it was published. Others take its place.
var baselineDamaged = gate{
	check: "baseline_damaged", meaning: "published runs are damaged and not used for comparison", stage: files, limits: limited(always, none),
	query: `
		SELECT NULL AS table_name, NULL AS column_name, NULL AS period, COUNT(*) AS rows, COUNT(*) AS value, COUNT(*) AS now, 0 AS before, 0 AS weight,
			NULL AS micros, STRING_AGG('run ' || run || ' (' || what || ')', CHR(31) ORDER BY run DESC) AS keys
		FROM damaged_runs
		HAVING COUNT(*) > 0`,
	noExamples: true,
	say: func(j *Judge, c caught) string {
		instead := "this run is compared with none"
		if j.baseline != nil {
			instead = "this run is compared with run " + j.baseline.ID
		}
		return fmt.Sprintf("%s damaged: %s; %s", plural(c.Rows, "published run is", "published runs are"), some(c.keys()), instead)
	},
	remedy: "list the damaged files with `tributary verify RUN`; restore the run from a backup, or delete its directory",
}
