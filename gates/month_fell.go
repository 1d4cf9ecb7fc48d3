package gates

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// months compares the rows of each settled month: one that ended more than 35 days before as-of.
// Where the oldest date of a table moved forward, the export rolls: the months up to that of its
// oldest row are exempt.
const months = `
	WITH oldest AS (
		SELECT b.table_name, MIN(b.period) AS before, m.period AS now
		FROM baseline AS b
		INNER JOIN (SELECT table_name, MIN(period) AS period FROM measures WHERE measure = 'month' GROUP BY table_name) AS m
			ON m.table_name = b.table_name
		WHERE b.measure = 'month'
		GROUP BY b.table_name, m.period
	),
	compared AS (
		SELECT COALESCE(b.table_name, m.table_name) AS table_name, COALESCE(b.period, m.period) AS period,
			COALESCE(b.n, 0) AS before, COALESCE(m.n, 0) AS now, COALESCE(b.micros, 0) AS micros_before, COALESCE(m.micros, 0) AS micros_now
		FROM (SELECT * FROM baseline WHERE measure = 'month') AS b
		FULL JOIN (SELECT * FROM measures WHERE measure = 'month') AS m ON m.table_name = b.table_name AND m.period = b.period
	),
	settled AS (
		SELECT c.*, o.before < o.now AND c.period <= o.now AND c.now < c.before AS rolled
		FROM compared AS c
		INNER JOIN oldest AS o ON o.table_name = c.table_name
		CROSS JOIN gate_settings AS g
		WHERE c.period <= g.settled_month AND c.before <> c.now
	)
	SELECT table_name, NULL AS column_name,
		CASE WHEN MIN(period) = MAX(period) THEN MIN(period) ELSE MIN(period) || ' to ' || MAX(period) END AS period,
		CAST(SUM(ABS(before - now)) AS BIGINT) AS rows,
		-- the worst fall that is not of a few rows; a rise is a change, and no fall
		MAX(CASE WHEN before - now >= 20 OR (now = 0 AND before > 0) OR micros_before - micros_now > 0.02 * ABS(micros_before) AND before > now
			THEN (before - now) / before ELSE 0 END) AS value,
		SUM(now) AS now, SUM(before) AS before, 1 AS weight,
		CASE WHEN table_name IN ('opportunities', 'costs') THEN SUM(ABS(micros_before - micros_now)) END AS micros,
		STRING_AGG(period || ' (' || FORMAT('{:,}', before) || ' then, ' || FORMAT('{:,}', now) || ' now)', CHR(31) ORDER BY ABS(before - now) DESC, period) AS keys
	FROM settled
	WHERE %s
	GROUP BY table_name`

var monthFell = gate{
	check: "month_fell", meaning: "rows of settled months were added or are gone", stage: files, limits: limited(always, 0.1), needsBaseline: true, lookBack: true,
	query: fmt.Sprintf(months, "NOT rolled"),
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: the rows of %s changed since run %s: %s", c.Table, plural(int64(len(c.keys())), "month that was settled", "months that were settled"), j.baseline.ID, some(c.keys()))
	},
	remedy: "check why the past changed: the export may be cut or filtered by date, or rows came late",
	shows: func(c caught) string {
		first, last := c.Period[:7], c.Period[len(c.Period)-7:]
		return "SELECT * FROM " + engine.Name(c.Table) + " WHERE STRFTIME(" + dateOf[c.Table] + ", '%Y-%m') BETWEEN " + engine.Text(first) + " AND " + engine.Text(last)
	},
}

var monthsRolled = gate{
	check: "months_rolled", meaning: "rows before the first month of a rolling export are gone", stage: files, limits: findings.Rule{Severity: findings.Info}, needsBaseline: true, lookBack: true, isLogged: true,
	query: fmt.Sprintf(months, "rolled"),
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s begins later than in run %s: %s fewer rows in the months up to its oldest row; the export seems to cover a rolling period", c.Table, j.baseline.ID, words.Number(c.Rows))
	},
	shows: func(c caught) string { return byMonth(c.Table) },
}
