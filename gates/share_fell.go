package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/engine"
)

// Fewer rows of a table have a key that is in the table to which it refers.
var shareFell = gate{
	check: "share_fell", meaning: "fewer rows match the table that they refer to", stage: files, noExamples: true, limits: limited(0.03, 0.1), needsBaseline: true, relative: true,
	query: sql("shares", "{not}", "NOT"),
	message: func(e *Evaluator, c candidate) string {
		return fmt.Sprintf("%s: %s of the values of %s are known%s", c.Table, percent(c.Now), c.Column, e.beforeIn(c.keys()[1], percent(c.Before)))
	},
	remedy: "check whether ids are written in another way (\".0\" at their end, blanks, another case), or whether the other table was cut",
	shows: func(c candidate) string {
		for _, join := range attribution.Joins() {
			if join.Table == c.Table && join.Check == c.keys()[0] {
				return strings.TrimSpace(join.Missing)
			}
		}
		return ""
	},
}

// After people are stitched, smaller shares of people, accounts and opportunities are connected.
var shareOfJourneysFell = gate{
	check: "share_fell", meaning: "fewer rows match the table that they refer to", stage: journeys, noExamples: true, limits: limited(0.03, 0.1), needsBaseline: true, relative: true, lookBack: true,
	query: sql("shares", "{not}", ""),
	message: func(e *Evaluator, c candidate) string {
		of := map[string]string{
			"with_person": "the touchpoints are of a known person", "person_with_account": "the known people have an account",
			"with_people": "the opportunities have people", "with_touches": "the cost is of campaigns and channels with touchpoints",
		}[c.keys()[0]]
		return fmt.Sprintf("%s of %s%s", percent(c.Now), of, e.beforeIn(c.keys()[1], percent(c.Before)))
	},
	remedy: "check the ids, accounts and e-mails of the exports that changed",
	shows: func(c candidate) string {
		return "SELECT * FROM measures WHERE measure = 'share' AND table_name = " + engine.Text(c.Table)
	},
}
