package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Surveyed has the facts about the input that are found without computing credit.
type Surveyed struct {
	Result
	Coverage  []Reach
	Unmatched error // one line for each control total that does not match the input; nil: a run would go on
}

// A Reach counts how many of some units reach one step on the way to a journey.
type Reach struct {
	Of    string // what is counted: touchpoints, opportunities, people
	Reach string // the step, in lower_snake_case
	Count int64
	Total int64 // of the units in all
}

// Survey stitches people and builds journeys as Run does. It reports what looks wrong in the data,
// and how much of it is connected.
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

// Recorded is the query for the people of whom contacts or leads has a record.
const Recorded = `SELECT person_key FROM people WHERE is_recorded`

// GroupedOpportunities is the query for the opportunities that have anyone in a buying group, and
// groupedPeople the query for the people who are in one. They do not read buying_groups, because an
// account of many persons and opportunities has as many rows there as their product.
var (
	GroupedOpportunities = queryText("grouped_opportunities")
	groupedPeople        = queryText("grouped_people")
)

// coverage lists the queries about touchpoints, opportunities and people. Each returns one row: the
// total number of units, then one count for each reach.
var coverage = []struct {
	of      string
	reaches []string
	query   string
}{
	{"touchpoints", []string{"person_with_record", "person_with_account", "person_in_buying_group", "journey_of_opportunity"}, queryText("coverage_touchpoints", "{recorded}", Recorded, "{grouped}", groupedPeople)},
	{"opportunities", []string{"with_account", "with_roles", "with_people", "with_journey"}, queryText("coverage_opportunities", "{grouped}", GroupedOpportunities)},
	{"people", []string{"with_record", "with_account", "with_touch", "in_buying_group"}, queryText("coverage_people", "{recorded}", Recorded, "{grouped}", groupedPeople)},
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
