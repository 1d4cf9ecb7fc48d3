package page

import (
	"context"
	"fmt"
	"slices"
)

// insights are sentences that are computed from the reports, each with the command that shows its
// rows. They are about the main type of opportunities.
func (r *reader) insights(ctx context.Context) ([]insight, error) {
	var found []insight
	for _, part := range []func(context.Context) ([]insight, error){r.nothingAttributed, r.channelInsights, r.funnelInsights, r.targetInsights} {
		some, err := part(ctx)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	return found, nil
}

// nothingAttributed says that no touchpoint earns anything, and the most frequent reason.
func (r *reader) nothingAttributed(ctx context.Context) ([]insight, error) {
	where := r.where("opportunity_type", r.mainType(), "model", r.primary)
	records, err := r.rows(ctx, "reconciliation", where)
	if err != nil {
		return nil, err
	}
	for _, conversion := range []string{"pipeline", "revenue"} {
		for _, rec := range only(records, "conversion_type", conversion) {
			total, missing := rec.number("period_total_count"), rec.number("period_unattributed_count")
			if total == nil || missing == nil || total.Sign() <= 0 || total.Cmp(missing) != 0 {
				continue
			}
			text := "Nothing is attributed: none of the " + r.show(rec, "period_total_count") + " opportunities has a touchpoint that counts"
			if why := r.why(rec); why != "" {
				text += " (" + why + ")"
			}
			return []insight{{Summary: text + ". The findings below say what to configure.", Command: command("reconciliation", where)}}, nil
		}
	}
	return nil, nil
}

// channelInsights are what the channels with the most pipeline earned and cost, how far models agree
// about it, and which channel returns less than it costs under most models.
func (r *reader) channelInsights(ctx context.Context) ([]insight, error) {
	where := r.where("basis", "period", "opportunity_type", r.mainType())
	all, err := r.rows(ctx, "channel_performance", where)
	if err != nil {
		return nil, err
	}
	primary := slices.DeleteFunc(byGreatest(only(all, "model", r.primary), "pipeline"), func(rec record) bool {
		return rec.text("channel") == unattributed || rec.amount("pipeline") <= 0
	})
	models := distinct(all, "model")
	line := func(channel string, columns ...string) string {
		return command("channel_performance", r.where("basis", "period", "opportunity_type", r.mainType(), "channel", channel), append([]string{"model"}, columns...)...)
	}
	var found []insight
	for _, rec := range primary[:min(2, len(primary))] {
		channel := rec.text("channel")
		text := fmt.Sprintf("%s earned %s of pipeline", channel, r.money(rec.text("pipeline")))
		if rec.has("cost_per_lead") {
			text += fmt.Sprintf(" at %s a lead", r.money(rec.text("cost_per_lead")))
		}
		first := 0
		for _, model := range models {
			if rankIn(only(all, "model", model), channel) <= 3 {
				first++
			}
		}
		if len(primary) > 3 && len(models) > 1 {
			text += fmt.Sprintf("; under %d of %d models it ranks in the first three", first, len(models))
		}
		text += "."
		found = append(found, insight{Summary: text, Command: line(channel, "pipeline", "cost_per_lead")})
	}
	return append(found, r.losses(all, primary, models, line)...), nil
}

// losses is the channel with the greatest cost that returns less than it costs.
func (r *reader) losses(all, primary []record, models []string, line func(string, ...string) string) []insight {
	for _, rec := range byGreatest(primary, "cost") {
		if !rec.has("roi") || rec.amount("roi") >= 0 {
			continue
		}
		below := 0
		for _, other := range only(all, "channel", rec.text("channel")) {
			if other.has("roi") && other.amount("roi") < 0 {
				below++
			}
		}
		text := fmt.Sprintf("%s cost %s and is credited with %s of revenue: less than it cost, under %d of %d models.", rec.text("channel"), r.money(rec.text("cost")), r.money(rec.text("revenue")), below, len(models))
		return []insight{{Summary: text, Command: line(rec.text("channel"), "cost", "revenue", "roi")}}
	}
	return nil
}

// funnelInsights is the step of the funnel at which most are lost.
func (r *reader) funnelInsights(ctx context.Context) ([]insight, error) {
	where := r.where("opportunity_type", r.mainType(), "cohort_month", "", "channel", "(all)")
	all, err := r.rows(ctx, "funnel", where)
	if err != nil {
		return nil, err
	}
	var steps []record
	for _, from := range distinct(all, "from_stage") {
		if step := only(all, "from_stage", from)[0]; step.has("conversion_rate") && step.amount("cohort") > 0 {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return nil, nil
	}
	weakest := byGreatest(steps, "conversion_rate")[len(steps)-1]
	text := fmt.Sprintf("The lowest conversion is from %s to %s: %s of %s so far (%s; each has %s days).", weakest.text("from_stage"), weakest.text("to_stage"), r.show(weakest, "converted"), r.show(weakest, "cohort"), r.show(weakest, "conversion_rate"), r.show(weakest, "horizon_days"))
	where["from_stage"] = weakest.text("from_stage")
	return []insight{{Summary: text, Command: command("funnel", where)}}, nil
}

// targetInsights counts the targets that are behind.
func (r *reader) targetInsights(ctx context.Context) ([]insight, error) {
	records, err := r.currentTargets(ctx)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	return []insight{{Summary: targetsSummary(records), Command: r.commandOfTargets(records)}}, nil
}
