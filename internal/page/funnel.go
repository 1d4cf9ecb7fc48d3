package page

import (
	"context"
	"fmt"
	"html/template"
	"slices"

	"github.com/tributary-engine/tributary/internal/page/chart"
)

var funnelColumns = []string{"cohort", "converted", "conversion_rate", "wilson_low", "wilson_high", "small_sample", "horizon_days", "maturity", "median_days", "p90_days", "value"}

// funnelFigures are the steps from each stage to the next one: of everybody, by channel, and by
// segment.
func (r *reader) funnelFigures(ctx context.Context) ([]figure, error) {
	const title = "From stage to stage"
	f := figure{ID: "steps", Title: title, Definitions: definitions("funnel", append([]string{"from_stage", "to_stage"}, funnelColumns...)...), Elsewhere: "tributary report funnel"}
	for _, kind := range r.types {
		all, err := r.rows(ctx, "funnel", r.where("opportunity_type", kind, "cohort_month", ""))
		if err != nil {
			return nil, err
		}
		channels := append([]string{"(all)"}, r.channels...)
		if kind != r.mainType() {
			channels = channels[:1]
		}
		for _, channel := range channels[:min(len(channels), 1+r.most.channels)] {
			d := dims{"type": kind, "channel": channel, "segment": ""}
			if channel == "(all)" {
				d["channel"] = ""
			}
			r.addFunnel(&f, only(all, "channel", channel), d, command("funnel", r.where("opportunity_type", kind, "cohort_month", "", "channel", channel)))
		}
		if err := r.addSegments(ctx, &f, kind); err != nil {
			return nil, err
		}
	}
	if len(f.Variants) == 0 {
		return []figure{r.without("steps", title, "funnel", "Nobody entered a stage of the funnel in the reporting period.")}, nil
	}
	return []figure{f}, nil
}

// addSegments adds the funnel of the segments with the most units.
func (r *reader) addSegments(ctx context.Context, f *figure, kind string) error {
	where := r.where("opportunity_type", kind, "period_type", "all", "dimension", "segment")
	records, err := r.rows(ctx, "funnel_dimensions", where)
	if err != nil {
		return err
	}
	segments := distinct(byGreatest(records, "cohort"), "dimension_value")
	for _, segment := range segments[:min(len(segments), r.most.segments)] {
		where := r.where("opportunity_type", kind, "dimension", "segment", "dimension_value", segment)
		r.addFunnel(f, only(records, "dimension_value", segment), dims{"type": kind, "channel": "", "segment": segment}, command("funnel_dimensions", where))
	}
	return nil
}

// addFunnel adds the steps from each stage to the next one, which is the first one that the report
// names, and the last stage.
func (r *reader) addFunnel(f *figure, records []record, d dims, line string) {
	var steps []record
	for _, from := range distinct(records, "from_stage") {
		steps = append(steps, only(records, "from_stage", from)[0])
	}
	if len(steps) == 0 || sumOf(steps, "cohort") == 0 {
		return
	}
	v := variant{Dims: d, Command: line, Table: r.table("Funnel, "+r.named(d), steps, append([]string{"from_stage", "to_stage"}, funnelColumns...)...)}
	var drawn []chart.Step
	for _, rec := range steps {
		step := chart.Step{Label: rec.text("from_stage"), Value: chart.Value{Amount: rec.amount("cohort"), Text: r.show(rec, "cohort")}}
		if rec.has("conversion_rate") {
			step.Onward = r.show(rec, "conversion_rate") + " within " + r.show(rec, "horizon_days") + " days"
			if rec.has("median_days") {
				step.Onward += ", median " + r.show(rec, "median_days")
			}
		}
		drawn = append(drawn, step)
	}
	v.Summary = r.funnelSummary(steps)
	v.Charts = []template.HTML{chart.Funnel(chart.Head{Name: fmt.Sprintf("funnel-%d", len(f.Variants)), Title: "Funnel, " + r.named(d), Description: v.Summary}, drawn)}
	f.Variants = append(f.Variants, v)
}

// funnelSummary names the step at which most units are lost and the slowest one.
func (r *reader) funnelSummary(steps []record) string {
	rated := slices.DeleteFunc(slices.Clone(steps), func(rec record) bool { return !rec.has("conversion_rate") })
	if len(rated) == 0 {
		return "Units entered a stage, and none could move on yet."
	}
	weakest, slowest := byGreatest(rated, "conversion_rate")[len(rated)-1], byGreatest(rated, "median_days")[0]
	text := fmt.Sprintf("The step with the lowest conversion is %s to %s: %s of %s within %s days (%s, 95 %% interval %s to %s).", weakest.text("from_stage"), weakest.text("to_stage"),
		r.show(weakest, "converted"), r.show(weakest, "cohort"), r.show(weakest, "horizon_days"), r.show(weakest, "conversion_rate"), r.show(weakest, "wilson_low"), r.show(weakest, "wilson_high"))
	if slowest.has("median_days") {
		text += fmt.Sprintf(" The slowest is %s to %s: half take at most %s days.", slowest.text("from_stage"), slowest.text("to_stage"), r.show(slowest, "median_days"))
	}
	if slices.ContainsFunc(rated, func(rec record) bool { return rec.text("maturity") == "immature" }) {
		text += " Steps marked immature still have units that can convert in time."
	}
	return text
}

// stockFigures are who stands where, and what became of what was handed to sales.
func (r *reader) stockFigures(ctx context.Context) ([]figure, error) {
	stock, err := r.stock(ctx)
	if err != nil {
		return nil, err
	}
	handoff, err := r.handoff(ctx)
	return []figure{stock, handoff}, err
}

// periodChoices are the whole reporting period and the newest periods.
func (r *reader) periodChoices() []span {
	choices := r.spans(r.most.periods)
	slices.Reverse(choices)
	return append([]span{{label: ""}}, choices...)
}

// inPeriod selects the rows of a choice of period.
func (r *reader) inPeriod(where map[string]string, s span) map[string]string {
	where["period_type"] = "all"
	if s.label != "" {
		where["period_type"], where["period_label"] = r.calendar, s.label
	}
	return where
}

// commandIn is the command for a choice of period.
func (r *reader) commandIn(report string, where map[string]string, s span) string {
	if s.label == "" {
		return command(report, where)
	}
	where["period_label"] = s.label
	return command(report, where) + " --by " + r.calendar
}

func (r *reader) stock(ctx context.Context) (figure, error) {
	const title = "Who is in which stage"
	columns := []string{"department", "stock_start", "entered", "left_forward", "left_back", "left_out", "left_won", "left_lost", "stock_end", "value_end"}
	f := figure{ID: "stock", Title: title, Definitions: definitions("funnel_stock", append([]string{"stage"}, columns...)...), Elsewhere: "tributary report funnel_stock"}
	for _, kind := range r.types {
		for _, s := range r.periodChoices() {
			records, err := r.rows(ctx, "funnel_stock", r.inPeriod(r.where("opportunity_type", kind), s))
			if err != nil {
				return f, err
			}
			v := variant{Dims: dims{"type": kind, "period": s.label}, Command: r.commandIn("funnel_stock", r.where("opportunity_type", kind), s)}
			if v.Table = r.table("Stock, "+r.named(v.Dims), records, append([]string{"stage", "unit"}, columns...)...); v.Table == nil {
				continue
			}
			series, measures := []string{"At the start", "At the end"}, []string{"stock_start", "stock_end"}
			if sumOf(records, "stock_start") == 0 { // from the first event on
				series, measures = series[1:], measures[1:]
			}
			var rows []chart.Row
			for _, rec := range records {
				line := chart.Row{Label: rec.text("stage")}
				for _, measure := range measures {
					line.Values = append(line.Values, &chart.Value{Amount: rec.amount(measure), Text: r.show(rec, measure)})
				}
				rows = append(rows, line)
			}
			fullest := byGreatest(records, "stock_end")[0]
			v.Summary = fmt.Sprintf("Most stand in %s: %s at the end, %s at the start; %s entered and %s moved on.", fullest.text("stage"), r.show(fullest, "stock_end"), r.show(fullest, "stock_start"), r.show(fullest, "entered"), r.show(fullest, "left_forward"))
			v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("stock-%d", len(f.Variants)), Title: title, Description: v.Summary}, series, rows)}
			f.Variants = append(f.Variants, v)
		}
	}
	if len(f.Variants) == 0 {
		return r.without("stock", title, "funnel_stock", "Nobody stands in a stage."), nil
	}
	return f, nil
}

// handoff shows deliveries by channel. Rows by owner are left out: they name people.
func (r *reader) handoff(ctx context.Context) (figure, error) {
	const title = "What sales made of what marketing delivered"
	columns := []string{"deliveries", "accepted", "rejected", "recycled", "expired", "open", "acceptance_rate", "acceptance_low", "acceptance_high", "acceptance_answer", "response_median_hours", "within_rate"}
	f := figure{ID: "handoff", Title: title, Definitions: definitions("handoff", append([]string{"channel"}, columns...)...), Elsewhere: "tributary report handoff"}
	for _, s := range r.periodChoices() {
		records, err := r.rows(ctx, "handoff", r.inPeriod(r.where("owner", "(all)"), s))
		if err != nil {
			return f, err
		}
		all := only(records, "channel", "(all)")
		if len(all) == 0 || all[0].amount("deliveries") == 0 {
			continue
		}
		records = byGreatest(records, "deliveries")
		records = records[:min(len(records), 1+r.most.channels)]
		v := variant{Dims: dims{"period": s.label}, Command: r.commandIn("handoff", r.where("owner", "(all)"), s)}
		v.Table = r.table("Deliveries by channel, "+r.named(v.Dims), records, append([]string{"channel"}, columns...)...)
		var rows []chart.Row
		for _, rec := range records {
			if rec.has("acceptance_rate") {
				rows = append(rows, chart.Row{Label: label(rec, "channel") + ", " + r.show(rec, "deliveries") + " delivered", Values: []*chart.Value{
					{Amount: rec.amount("acceptance_rate"), Text: r.show(rec, "acceptance_rate"), Whisker: interval(rec, "acceptance_low", "acceptance_high")}}})
			}
		}
		v.Summary = fmt.Sprintf("Of %s deliveries, sales accepted %s, rejected %s and recycled %s; %s expired without an answer, and open are %s.", r.show(all[0], "deliveries"), r.show(all[0], "accepted"), r.show(all[0], "rejected"), r.show(all[0], "recycled"), r.show(all[0], "expired"), r.show(all[0], "open"))
		if all[0].has("response_median_hours") {
			v.Summary += fmt.Sprintf(" Half were answered within %s business hours.", r.show(all[0], "response_median_hours"))
		}
		v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("handoff-%d", len(f.Variants)), Title: "Acceptance rate with its 95 % interval", Description: v.Summary}, nil, rows)}
		f.Variants = append(f.Variants, v)
	}
	if len(f.Variants) == 0 {
		return r.without("handoff", title, "handoff", "Nothing was delivered to sales: nobody entered the stage that `handoff.delivered` names."), nil
	}
	return f, nil
}
