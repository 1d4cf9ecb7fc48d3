package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// What a night brought: the rows of each table, and the opportunities whose value or month changed.
var inputChanged = gate{
	check: "input_changed", meaning: "rows were added or removed", stage: journeys, noExamples: true, limits: findings.Rule{Severity: findings.Info}, needsBaseline: true, lookBack: true, isLogged: true,
	query: `
		WITH files AS (
			SELECT DISTINCT COALESCE(f.table_name, b.table_name) AS table_name
			FROM input_files AS f
			FULL JOIN baseline_files AS b ON b.table_name = f.table_name AND b.sha256 = f.sha256
			WHERE f.sha256 IS NULL OR b.sha256 IS NULL
		),
		tables AS (
			SELECT f.table_name, COALESCE(m.n, 0) - COALESCE(b.n, 0) AS n
			FROM files AS f
			LEFT JOIN measures AS m ON m.measure = 'rows' AND m.table_name = f.table_name
			LEFT JOIN baseline AS b ON b.measure = 'rows' AND b.table_name = f.table_name
		),
		deals AS (
			SELECT COUNT(CASE WHEN b.micros <> m.micros AND g.same_currency THEN 1 END) AS revalued,
				COUNT(CASE WHEN b.period IS NULL AND m.period IS NOT NULL THEN 1 END) AS won,
				SUM(CASE WHEN m.period IS NOT NULL THEN m.micros ELSE 0 END) - SUM(CASE WHEN b.period IS NOT NULL THEN b.micros ELSE 0 END) AS micros,
				STRING_AGG(CASE WHEN b.micros <> m.micros AND g.same_currency THEN m.key END, CHR(30) ORDER BY ABS(m.micros - b.micros) DESC, m.key) AS ids,
				MIN(g.same_currency) AS same_currency
			FROM (SELECT * FROM baseline WHERE measure = 'deal') AS b
			FULL JOIN (SELECT * FROM measures WHERE measure = 'deal') AS m ON m.key = b.key
			CROSS JOIN gate_settings AS g
		)
		SELECT NULL AS table_name, NULL AS column_name, NULL AS period, SUM(ABS(t.n)) AS rows, COUNT(*) AS value, d.revalued AS now, d.won AS before,
			0 AS weight, CASE WHEN d.same_currency THEN d.micros END AS micros,
			STRING_AGG(t.table_name || ' ' || CASE WHEN t.n > 0 THEN '+' ELSE '' END || t.n, CHR(31) ORDER BY t.table_name) || CHR(31) || COALESCE(d.ids, '') AS keys
		FROM tables AS t CROSS JOIN deals AS d
		GROUP BY d.revalued, d.won, d.micros, d.ids, d.same_currency`,
	say: func(j *Judge, c caught) string {
		keys := c.keys()
		var tables []string
		for _, key := range keys[:len(keys)-1] {
			table, n, _ := cutLast(key, " ")
			if n == "0" {
				tables = append(tables, table+" other rows")
			} else {
				tables = append(tables, table+" "+signedRows(n))
			}
		}
		sentence := "since run " + j.baseline.ID + ": " + strings.Join(tables, ", ")
		if c.Before > 0 {
			sentence += "; " + plural(int64(c.Before), "opportunity newly won", "opportunities newly won")
		}
		if c.Now > 0 {
			sentence += "; " + plural(int64(c.Now), "opportunity is worth", "opportunities are worth") + " another amount (for example " + some(strings.Split(keys[len(keys)-1], "\x1e")) + ")"
		}
		if c.Micros != "" && c.Micros != "0" {
			sentence += fmt.Sprintf("; revenue changed by %s", j.currency.Amount(c.Micros))
		}
		return sentence
	},
	shows: func(caught) string { return "SELECT * FROM measures WHERE measure = 'rows'" },
}

// signedRows writes a difference in rows for a person: "+1234" becomes "+1,234 rows".
func signedRows(difference string) string {
	digits, noun := strings.TrimLeft(difference, "+-"), " rows"
	if digits == "1" {
		noun = " row"
	}
	return strings.TrimSuffix(difference, digits) + words.Decimal(digits) + noun
}
