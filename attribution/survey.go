package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Surveyed is what a run would work with, found without any credit.
type Surveyed struct {
	Result
	Coverage  []Reach
	Unmatched error // one line for each control total that does not match the input; nil: a run would go on
}

// A Reach says how many of some units come how far.
type Reach struct {
	Of    string // what is counted: touchpoints, opportunities, people
	Reach string // how far they come, lower_snake_case
	Count int64
	Total int64 // of the units in all
}

// Survey stitches people and builds journeys as Run does, and reports what looks wrong in the data and
// how much of it comes together.
func Survey(ctx context.Context, eng *engine.Engine, o Options, show *progress.Display) (Surveyed, error) {
	w := &work{engine: eng, options: o, show: show}
	if err := w.take(ctx, slices.Concat(defining, stitching, findingConversions)); err != nil {
		return Surveyed{}, err
	}
	compared, err := compareControlTotals(ctx, eng, o, show)
	if err != nil {
		return Surveyed{}, err
	}
	if err := w.take(ctx, slices.Concat(crediting, describing)); err != nil {
		return Surveyed{}, err
	}
	w.result.Findings = append(w.result.Findings, compared.findings...)
	coverage, err := reaches(ctx, eng)
	return Surveyed{Result: w.result, Coverage: coverage, Unmatched: compared.unmatched()}, err
}

// GroupedOpportunities is the query for the opportunities that have anyone in a buying group,
// groupedPeople for the people who are in one: what buying_groups, of which an account of many
// persons and opportunities has as many rows as their product, would say.
const (
	GroupedOpportunities = `
		WITH by_account AS (
			SELECT o.opportunity_key FROM opportunity_facts AS o
			SEMI JOIN account_people AS a ON a.account_id = o.account_id
			WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_account)
		)
		SELECT opportunity_key FROM by_account
		UNION ALL
		SELECT o.opportunity_key FROM opportunity_facts AS o
		ANTI JOIN by_account AS a ON a.opportunity_key = o.opportunity_key
		SEMI JOIN role_persons AS r ON r.opportunity_id = o.opportunity_id
		WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_roles)`
	groupedPeople = `
		SELECT a.person_key FROM account_people AS a
		SEMI JOIN opportunity_facts AS o ON o.account_id = a.account_id
		WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_account)
		UNION
		SELECT r.person_key FROM role_persons AS r
		SEMI JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id
		WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_roles)`
)

// coverage asks how far touches, opportunities and people come. Each query answers with one row:
// the units in all, then one count for each reach.
var coverage = []struct {
	of      string
	reaches []string
	query   string
}{
	{"touchpoints", []string{"person_with_record", "person_with_account", "person_in_buying_group", "journey_of_opportunity"}, `
		WITH recorded AS (` + Recorded + `),
		grouped AS (` + groupedPeople + `)
		SELECT
			CAST(COALESCE(SUM(t.touches), 0) AS BIGINT),
			CAST(COALESCE(SUM(CASE WHEN r.person_key IS NOT NULL THEN t.touches END), 0) AS BIGINT),
			CAST(COALESCE(SUM(CASE WHEN p.account_id IS NOT NULL THEN t.touches END), 0) AS BIGINT),
			CAST(COALESCE(SUM(CASE WHEN g.person_key IS NOT NULL THEN t.touches END), 0) AS BIGINT),
			(SELECT in_opportunities FROM touch_totals)
		FROM touch_persons AS t
		INNER JOIN people AS p ON p.person_key = t.person_key
		LEFT JOIN recorded AS r ON r.person_key = t.person_key
		LEFT JOIN grouped AS g ON g.person_key = t.person_key`},
	{"opportunities", []string{"with_account", "with_roles", "with_people", "with_journey"}, `
		WITH roles AS (SELECT DISTINCT opportunity_id FROM opportunity_contacts),
		grouped AS (` + GroupedOpportunities + `),
		followed AS (
			SELECT DISTINCT c.opportunity_key FROM journeys AS j
			INNER JOIN conversions AS c ON c.conversion_key = j.conversion_key
			WHERE j.touches > 0 AND c.opportunity_key IS NOT NULL
		)
		SELECT COUNT(*), COUNT(o.account_id), COUNT(r.opportunity_id), COUNT(g.opportunity_key), COUNT(f.opportunity_key)
		FROM opportunity_facts AS o
		LEFT JOIN roles AS r ON r.opportunity_id = o.opportunity_id
		LEFT JOIN grouped AS g ON g.opportunity_key = o.opportunity_key
		LEFT JOIN followed AS f ON f.opportunity_key = o.opportunity_key`},
	{"people", []string{"with_record", "with_account", "with_touch", "in_buying_group"}, `
		WITH recorded AS (` + Recorded + `),
		touched AS (SELECT DISTINCT person_key FROM touch_persons),
		grouped AS (` + groupedPeople + `)
		SELECT COUNT(*), COUNT(r.person_key), COUNT(p.account_id), COUNT(t.person_key), COUNT(g.person_key)
		FROM people AS p
		LEFT JOIN recorded AS r ON r.person_key = p.person_key
		LEFT JOIN touched AS t ON t.person_key = p.person_key
		LEFT JOIN grouped AS g ON g.person_key = p.person_key`},
}

func reaches(ctx context.Context, eng *engine.Engine) ([]Reach, error) {
	var found []Reach
	for _, c := range coverage {
		counts := make([]int64, 1+len(c.reaches))
		cells := make([]any, len(counts))
		for i := range counts {
			cells[i] = &counts[i]
		}
		if err := eng.Row(ctx, c.query, nil, cells...); err != nil {
			return nil, fmt.Errorf("counting how far %s come: %w", c.of, err)
		}
		for i, reach := range c.reaches {
			found = append(found, Reach{Of: c.of, Reach: reach, Count: counts[1+i], Total: counts[0]})
		}
	}
	return found, nil
}
