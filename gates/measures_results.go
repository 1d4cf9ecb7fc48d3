package gates

import (
	"context"
	"slices"

	"github.com/tributary-engine/tributary/attribution"
)

// measureJourneys adds what shows how people, accounts and opportunities come together, the value
// of every opportunity, and costs by day.
func (j *Judge) measureJourneys(ctx context.Context) error {
	return j.measure(ctx, sql("measure_journeys", "{recorded}", attribution.Recorded, "{grouped}", attribution.GroupedOpportunities))
}

// measureCredit adds how much of pipeline and revenue is attributed.
func (j *Judge) measureCredit(ctx context.Context, model string) error {
	return j.engine.Exec(ctx, sql("measure_credit"), model)
}

// measureClosed adds the credit of revenue in the months whose books are closed, by channel and
// campaign, under the given models: what closed_period compares. closed_span has the first and the
// last of these months (key and period), since a reporting period can cut them off.
func (j *Judge) measureClosed(ctx context.Context, models ...string) error {
	slices.Sort(models)
	for _, model := range slices.Compact(models) {
		if err := j.engine.Exec(ctx, sql("closed_span"), model, j.job.Reporting.From, j.job.Reporting.To); err != nil {
			return err
		}
		if err := j.engine.Exec(ctx, sql("closed_credit"), model); err != nil {
			return err
		}
	}
	return nil
}
