package gates

import "fmt"

// The data ends earlier than it did.
var asOfFell = gate{
	check: "as_of_fell", meaning: "the data ends earlier than in the last run", stage: files, noExamples: true, limits: limited(none, always), needsBaseline: true, lookBack: true,
	query: `
		SELECT NULL AS table_name, NULL AS column_name, NULL AS period, 0 AS rows, DATE_DIFF('microsecond', as_of, baseline_as_of) / 86400e6 AS value,
			EPOCH(as_of) AS now, EPOCH(baseline_as_of) AS before, 1 AS weight, NULL AS micros,
			STRFTIME(as_of, '%Y-%m-%dT%H:%M:%SZ') || CHR(31) || STRFTIME(baseline_as_of, '%Y-%m-%dT%H:%M:%SZ') AS keys
		FROM gate_settings
		WHERE as_of < baseline_as_of`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("as-of fell: the data ends at %s; in run %s it ended at %s", c.keys()[0], j.baseline.ID, c.keys()[1])
	},
	remedy: "check whether older files were delivered",
	shows:  func(caught) string { return "SELECT * FROM measures WHERE measure = 'newest'" },
}
