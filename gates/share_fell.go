package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/engine"
)

// Fewer keys of a table are there in another one.
var shareFell = gate{
	check: "share_fell", meaning: "fewer rows match the table that they refer to", stage: files, noExamples: true, limits: limited(0.03, 0.1), needsBaseline: true, relative: true,
	query: sql("shares", "{not}", "NOT"),
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
	query: sql("shares", "{not}", ""),
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
