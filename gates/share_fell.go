package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/engine"
)

// shares compares how much comes together with the baseline and, for the ratchet, with the greatest
// of the last ten.
const shares = `
	SELECT b.table_name, b.column_name, NULL AS period, CAST(ROUND(m.total * (b.n / b.total - m.n / m.total)) AS BIGINT) AS rows,
		b.n / b.total - m.n / m.total AS value, m.n / m.total AS now, b.n / b.total AS before,
		CASE WHEN b.key = 'with_touches' THEN 1 ELSE 0 END AS weight, NULL AS micros, b.key || CHR(31) || b.run AS keys
	FROM baselines AS b
	INNER JOIN measures AS m ON m.measure = 'share' AND m.table_name = b.table_name AND m.key = b.key
	WHERE b.measure = 'share' AND b.total > 0 AND m.total > 0 AND b.n / b.total > m.n / m.total AND b.column_name IS %s NULL
		AND (b.position = 1 OR b.n / b.total - m.n / m.total >= 0.1)
	QUALIFY ROW_NUMBER() OVER (PARTITION BY b.table_name, b.key ORDER BY b.n / b.total - m.n / m.total >= 0.1 DESC, b.position) = 1`

// Fewer keys of a table are there in another one.
var shareFell = gate{
	check: "share_fell", meaning: "fewer rows match the table that they refer to", stage: files, noExamples: true, limits: limited(0.03, 0.1), needsBaseline: true, relative: true,
	query: fmt.Sprintf(shares, "NOT"),
	say: func(j *Judge, c caught) string {
		return fmt.Sprintf("%s: %s of the values of %s are known%s", c.Table, percent(c.Now), c.Column, j.beforeIn(c.keys()[1], percent(c.Before)))
	},
	remedy: "check whether ids are written in another way (\".0\" at their end, blanks, another case), or whether the other table was cut",
	shows: func(c caught) string {
		for _, join := range attribution.Joins() {
			if join.Table == c.Table && join.Check == c.keys()[0] {
				return strings.TrimSpace(join.Missing)
			}
		}
		return ""
	},
}

// Less comes together once people are stitched.
var shareOfJourneysFell = gate{
	check: "share_fell", meaning: "fewer rows match the table that they refer to", stage: journeys, noExamples: true, limits: limited(0.03, 0.1), needsBaseline: true, relative: true, lookBack: true,
	query: fmt.Sprintf(shares, ""),
	say: func(j *Judge, c caught) string {
		of := map[string]string{
			"with_person": "the touchpoints are of a known person", "person_with_account": "the known people have an account",
			"with_people": "the opportunities have people", "with_touches": "the cost is of campaigns and channels with touchpoints",
		}[c.keys()[0]]
		return fmt.Sprintf("%s of %s%s", percent(c.Now), of, j.beforeIn(c.keys()[1], percent(c.Before)))
	},
	remedy: "check the ids, accounts and e-mails of the exports that changed",
	shows: func(c caught) string {
		return "SELECT * FROM measures WHERE measure = 'share' AND table_name = " + engine.Text(c.Table)
	},
}
