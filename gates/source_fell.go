package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/words"
)

// The rows of a table may grow as a whole while one of its files, or of its sources, lost most of
// its own. Tables of one file are a matter of rows_fell.
var sourceFell = gate{
	check: "source_fell", meaning: "rows are missing that one of several files had in the last run", stage: files, limits: limited(0.02, 0.1), needsBaseline: true, relative: true,
	query: `
		WITH parts AS (
			SELECT table_name, file, is_from, SUM(loaded) AS loaded, COUNT(*) OVER (PARTITION BY table_name) AS parts
			FROM input_parts GROUP BY table_name, file, is_from
		),
		before AS (
			SELECT table_name, file, is_from, SUM(loaded) AS loaded FROM baseline_parts GROUP BY table_name, file, is_from
		)
		SELECT n.table_name, NULL AS column_name, NULL AS period, b.loaded - n.loaded AS rows, (b.loaded - n.loaded) / b.loaded AS value,
			n.loaded AS now, b.loaded AS before, 0 AS weight, NULL AS micros, n.file AS keys
		FROM parts AS n
		INNER JOIN before AS b ON b.table_name = n.table_name AND b.file = n.file AND b.is_from = n.is_from
		WHERE n.parts > 1 AND b.loaded > n.loaded
		QUALIFY ROW_NUMBER() OVER (PARTITION BY n.table_name ORDER BY (b.loaded - n.loaded) / b.loaded DESC, n.file) = 1`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: %s has %s, %s fewer than the %s of run %s", c.Table, list(c.keys()), plural(int64(c.Now), "row", "rows"), percent(c.Value), words.Number(int64(c.Before)), j.baseline.ID)
	},
	remedy: "check whether this export was cut, or filtered",
}

// A file that the last run read, and that is not there any more, although an older one is: of a
// directory of daily files, a day is missing. The oldest files of an export that rolls may go.
var fileGone = gate{
	check: "file_gone", meaning: "files are missing that the last run read, between others", stage: files, limits: limited(always, none), needsBaseline: true,
	query: `
		WITH gone AS (
			SELECT b.table_name, b.file, b.loaded
			FROM baseline_parts AS b
			ANTI JOIN input_parts AS n ON n.table_name = b.table_name AND n.file = b.file
			WHERE EXISTS (SELECT 1 FROM input_parts AS o WHERE o.table_name = b.table_name AND o.is_from = b.is_from AND o.file < b.file)
		)
		SELECT table_name, NULL AS column_name, NULL AS period, SUM(loaded) AS rows, COUNT(*) AS value, 0 AS now, COUNT(*) AS before,
			0 AS weight, NULL AS micros, STRING_AGG(file, CHR(31) ORDER BY file) AS keys
		FROM gone GROUP BY table_name`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: run %s read %s, and %s not there any more", c.Table, j.baseline.ID, list(c.keys()), map[bool]string{true: "it is", false: "they are"}[c.Before == 1])
	},
	remedy: "check whether the export of that day failed, or the file was renamed",
}
