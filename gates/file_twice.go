package gates

import "fmt"

// The same file under two names is counted twice.
var fileTwice = gate{
	check: "file_twice", meaning: "rows are of a file that was given twice", stage: files, limits: limited(none, always),
	query: `
		SELECT table_name, NULL AS column_name, NULL AS period, SUM(rows_in) - MIN(rows_in) AS rows, 1 AS value, COUNT(*) AS now, 0 AS before,
			0 AS weight, NULL AS micros, STRING_AGG(file, CHR(31) ORDER BY file) AS keys
		FROM input_files
		WHERE rows_in > 0
		GROUP BY table_name, sha256
		HAVING COUNT(*) > 1`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: the files %s are the same, byte for byte", c.Table, list(c.keys()))
	},
	remedy: "give each file once",
}
