package page

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/words"
)

// betterCard says on the first screen what the reports judge of the newest periods.
func (r *reader) betterCard(ctx context.Context) (card, error) {
	c := card{ID: "card-better", Title: "Is it getting better?"}
	for _, kind := range r.types {
		steps, err := r.newestSteps(ctx, kind)
		if err != nil {
			return c, err
		}
		v := cardVariant{Dims: dims{"type": kind}, Command: r.commandOfSteps(kind), Says: "Too little has happened in two periods to compare them."}
		judged := map[string]int{}
		for _, rec := range steps {
			judged[rec.text("answer")]++
		}
		if total := judged["better"] + judged["worse"] + judged["cannot say"]; total > 0 {
			v.Says = fmt.Sprintf("Of %s of the funnel against the period before, %d got better, %d got worse, and %d cannot be told from chance.", words.Count(total, "comparison"), judged["better"], judged["worse"], judged["cannot say"])
		}
		handed, err := r.rows(ctx, "handoff", r.where("period_type", r.calendar, "owner", "(all)", "channel", "(all)"))
		if err != nil {
			return c, err
		}
		handed = newestFirst(handed)
		if kind == r.mainType() && len(handed) > 0 && handed[0].text("acceptance_answer") != "" {
			v.Says += fmt.Sprintf(" Acceptance by sales in %s: %s.", handed[0].text("period_label"), handed[0].text("acceptance_answer"))
		}
		if len(steps) > 0 && steps[0].text("answer") != "" {
			newest := steps[0]
			v.Lines = []cardLine{r.line(newest.text("from_stage")+" to "+newest.text("to_stage")+", "+newest.text("period_label"), newest, "conversion_rate", newest.text("answer"))}
			if newest.has("previous_rate") {
				v.Lines = append(v.Lines, r.line(newest.text("previous_label"), newest, "previous_rate", ""))
			}
		}
		c.Variants = append(c.Variants, v)
	}
	return c, nil
}

func newestFirst(records []record) []record {
	slices.SortStableFunc(records, func(a, b record) int {
		switch {
		case a.text("period_start") > b.text("period_start"):
			return -1
		case a.text("period_start") < b.text("period_start"):
			return 1
		}
		return 0
	})
	return records
}

// targetCard says on the first screen how the amounts of the targets stand.
func (r *reader) targetCard(ctx context.Context) (card, error) {
	v := cardVariant{Command: "tributary report targets", Says: "No targets are given for the time of this run."}
	records, err := r.currentTargets(ctx)
	if err != nil {
		return card{}, err
	}
	if len(records) > 0 {
		start := records[len(records)-1].text("period_start") // the shortest period is the last one
		period := only(records, "period_start", start)
		for _, metric := range []string{"revenue", "pipeline", "leads"} {
			for _, rec := range only(period, "metric", metric) {
				if rec.has("actual") && rec.has("share") {
					v.Lines = append(v.Lines, r.line(labelOf(metric), rec, "actual", percentOf(rec.text("share"))+" of the target"))
				}
			}
		}
		v.Says = saysOfTargets(period)
	}
	return card{ID: "card-targets", Title: "Targets", Variants: []cardVariant{v}}, nil
}
