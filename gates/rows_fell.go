package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// fell compares the rows of each table with the baseline's and, for the ratchet, with the greatest
// of the last ten: a leak of five percent a night passes every single comparison.
const fell = `
	SELECT b.table_name, NULL AS column_name, NULL AS period, b.n - m.n AS rows, (b.n - m.n) / b.n AS value, m.n AS now, b.n AS before,
		CASE WHEN m.n = 0 THEN 1 ELSE COALESCE((b.micros - m.micros) / NULLIF(b.micros, 0), 0) END AS weight,
		CASE WHEN b.table_name IN ('opportunities', 'costs') THEN b.micros - m.micros END AS micros, b.run AS keys
	FROM baselines AS b
	INNER JOIN measures AS m ON m.measure = 'rows' AND m.table_name = b.table_name
	WHERE b.measure = 'rows' AND b.n > m.n AND (b.position = 1 OR m.n < 0.9 * b.n)
	QUALIFY ROW_NUMBER() OVER (PARTITION BY b.table_name ORDER BY m.n < 0.9 * b.n DESC, b.position) = 1`

var rowsFell = gate{
	check: "rows_fell", meaning: "rows are missing that the last run had", stage: files, noExamples: true, limits: limited(0.02, 0.1), needsBaseline: true, relative: true,
	query: fell,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s has %s, %s fewer than the %s of run %s", c.Table, plural(int64(c.Now), "row", "rows"), percent(c.Value), words.Number(int64(c.Before)), c.Keys)
	},
	remedy: "check whether the export was cut, or filtered",
	shows:  func(c caught) string { return byMonth(c.Table) },
}

var rowsRose = gate{
	check: "rows_rose", meaning: "rows were added since the last run", stage: files, noExamples: true, limits: limited(0.3, 1), needsBaseline: true, relative: true,
	query: `
		SELECT m.table_name, NULL AS column_name, NULL AS period, m.n - b.n AS rows, (m.n - b.n) / b.n AS value, m.n AS now, b.n AS before,
			COALESCE((m.micros - b.micros) / NULLIF(b.micros, 0), 0) AS weight,
			CASE WHEN b.table_name IN ('opportunities', 'costs') THEN m.micros - b.micros END AS micros, NULL AS keys
		FROM measures AS m
		INNER JOIN baseline AS b ON b.measure = 'rows' AND b.table_name = m.table_name AND b.n > 0
		WHERE m.measure = 'rows' AND m.n > b.n`,
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s has %s, %s more than the %s of run %s", c.Table, plural(int64(c.Now), "row", "rows"), percent(c.Value), words.Number(int64(c.Before)), j.baseline.ID)
	},
	remedy: "check whether the export contains rows twice, or rows that it did not contain before",
	shows:  func(c caught) string { return byMonth(c.Table) },
}

// byMonth counts the rows of a table by the month of its own date.
func byMonth(table string) string {
	date := dateOf[table]
	if date == "" {
		return "SELECT COUNT(*) AS rows FROM " + engine.Name(table)
	}
	return "SELECT STRFTIME(" + date + ", '%Y-%m') AS month, COUNT(*) AS rows FROM " + engine.Name(table) + " GROUP BY ALL ORDER BY ALL"
}
