package gates

import (
	"context"
	"slices"

	"github.com/tributary-engine/tributary/attribution"
)

// measureJourneys measures which shares of people, accounts and opportunities are connected, the
// amount of every opportunity, and costs by day.
func (e *Evaluator) measureJourneys(ctx context.Context) error {
	return e.measure(ctx, sql("measure_journeys", "{recorded}", attribution.Recorded, "{grouped}", attribution.GroupedOpportunities))
}

// measureCredit measures how much of pipeline and revenue is attributed.
func (e *Evaluator) measureCredit(ctx context.Context, model string) error {
	return e.engine.Exec(ctx, sql("measure_credit"), model)
}

// measureClosed measures what the gate closed_period compares: the credit of revenue in the months
// whose books are closed, by channel and campaign, under the given models. closed_span has the
// first of these months (as key) and the last one (as period), because a reporting period can cut
// months off.
func (e *Evaluator) measureClosed(ctx context.Context, models ...string) error {
	slices.Sort(models)
	for _, model := range slices.Compact(models) {
		if err := e.engine.Exec(ctx, sql("closed_span"), model, e.job.Reporting.From, e.job.Reporting.To); err != nil {
			return err
		}
		if err := e.engine.Exec(ctx, sql("closed_credit"), model); err != nil {
			return err
		}
	}
	return nil
}
