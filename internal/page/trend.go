package page

import (
	"context"
	"fmt"
	"html/template"

	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/present"
)

// trend shows amounts by period, which nothing judges, and the steps of the funnel, which the reports
// judge.
func (r *reader) trend(ctx context.Context) ([]figure, error) {
	amounts, err := r.amountsByPeriod(ctx)
	if err != nil {
		return nil, err
	}
	steps, err := r.stepsByPeriod(ctx)
	return []figure{amounts, steps}, err
}

// amountsByPeriod are pipeline and revenue of the newest periods: all credit of a period adds up to
// the amounts themselves.
func (r *reader) amountsByPeriod(ctx context.Context) (figure, error) {
	const title = "Pipeline and revenue by period"
	f := figure{ID: "amounts", Title: title, Definitions: definitions("period_performance", "pipeline", "revenue", "channel"), Elsewhere: "tributary report period_performance"}
	for _, kind := range r.types {
		where := r.where("basis", "period", "opportunity_type", kind, "model", r.primary, "period_type", r.calendar)
		records, err := r.rows(ctx, "period_performance", where)
		if err != nil {
			return f, err
		}
		spans := r.spans(max(2, 2*r.most.periods))
		if len(records) == 0 || len(spans) == 0 {
			continue
		}
		v := variant{Dims: dims{"type": kind}, Command: r.commandOfAmounts(kind)}
		v.Table = &table{Caption: "Pipeline created and revenue won, " + present.Label(kind), Report: "period_performance", Columns: []column{{Label: "Period", Name: "period_label"}, {Label: "Pipeline", Name: "pipeline", Numeric: true}, {Label: "Revenue", Name: "revenue", Numeric: true}}}
		common, _ := split(records)
		for _, varying := range []string{"channel", "period_start", "period_end"} {
			delete(common, varying)
		}
		v.Table.Key = query(common)
		lines := []chart.Line{{Name: "Pipeline created"}, {Name: "Revenue won"}}
		var labels []string
		for _, s := range spans {
			mine := only(records, "period_label", s.label)
			name := s.label
			if s.end > r.asOfDay {
				name += " (not over)"
			}
			labels = append(labels, name)
			line := row{Key: query(map[string]string{"period_start": s.start, "period_end": s.end}), Sum: "channel", Cells: []cell{{Text: name, Head: true}}}
			for i, measure := range []string{"pipeline", "revenue"} {
				total := r.sum(mine, measure)
				text := present.Value(present.Money, total, r.decimals)
				line.Cells = append(line.Cells, cell{Text: text, Exact: total, Numeric: true})
				lines[i].Values = append(lines[i].Values, &chart.Value{Amount: float(total), Text: text})
			}
			v.Table.Rows = append(v.Table.Rows, line)
		}
		v.Summary = r.amountsSummary(v.Table)
		v.Charts = []template.HTML{chart.Lines(chart.Head{Name: fmt.Sprintf("amounts-%d", len(f.Variants)), Title: title, Description: v.Summary}, labels, lines, r.axis)}
		f.Variants = append(f.Variants, v)
	}
	if len(f.Variants) == 0 {
		return r.without("amounts", title, "period_performance", "There is no period with pipeline or revenue."), nil
	}
	return f, nil
}

// commandOfAmounts prints the rows that the amounts of periods add up, one for each channel.
func (r *reader) commandOfAmounts(kind string) string {
	return command("period_performance", r.where("basis", "period", "opportunity_type", kind, "model", r.primary), "period_label", "channel", "pipeline", "revenue") + " --by " + r.calendar
}

// amountsSummary compares the two newest periods, without a judgement: no interval says how much of a
// difference of amounts is chance.
func (r *reader) amountsSummary(t *table) string {
	last := t.Rows[len(t.Rows)-1]
	text := fmt.Sprintf("%s: pipeline %s, revenue %s", last.Cells[0].Text, r.money(last.Cells[1].Exact), r.money(last.Cells[2].Exact))
	if len(t.Rows) > 1 {
		before := t.Rows[len(t.Rows)-2]
		text += fmt.Sprintf("; the period before (%s) had %s and %s", before.Cells[0].Text, r.money(before.Cells[1].Exact), r.money(before.Cells[2].Exact))
	}
	return text + ". A few large opportunities decide such amounts, so the page does not call the difference better or worse."
}

var stepColumns = []string{"period_label", "cohort", "conversion_rate", "wilson_low", "wilson_high", "previous_label", "previous_rate", "maturity", "answer"}

// newestSteps are the steps of the funnel from stage to next stage in the newest period, and in the
// newest one whose units all had the time that the step may take.
func (r *reader) newestSteps(ctx context.Context, kind string) ([]record, error) {
	all, err := r.rows(ctx, "funnel_trend", r.where("period_type", r.calendar, "opportunity_type", kind, "channel", "(all)"))
	if err != nil {
		return nil, err
	}
	stages, err := r.rows(ctx, "funnel", r.where("opportunity_type", kind, "cohort_month", "", "channel", "(all)")) // in their order
	if err != nil {
		return nil, err
	}
	var records []record
	for _, stage := range stages {
		if len(records) > 0 && records[len(records)-1].text("from_stage") == stage.text("from_stage") {
			continue // the next stage is the first one
		}
		mine := newestFirst(only(only(all, "from_stage", stage.text("from_stage")), "to_stage", stage.text("to_stage")))
		for i, rec := range mine {
			if i == 0 || rec.text("maturity") == "final" && rec.text("answer") != "" {
				records = append(records, rec)
			}
			if i > 0 && rec.text("maturity") == "final" && rec.text("answer") != "" {
				break
			}
		}
	}
	return records, nil
}

func (r *reader) commandOfSteps(kind string) string {
	return command("funnel_trend", r.where("opportunity_type", kind, "channel", "(all)")) + " --by " + r.calendar
}

// stepsByPeriod shows the newest steps beside those of the period before.
func (r *reader) stepsByPeriod(ctx context.Context) (figure, error) {
	const title = "Conversion against the period before"
	f := figure{ID: "steps", Title: title, Definitions: definitions("funnel_trend", stepColumns...), Elsewhere: "tributary report funnel_trend"}
	for _, kind := range r.types {
		records, err := r.newestSteps(ctx, kind)
		if err != nil {
			return f, err
		}
		v := variant{Dims: dims{"type": kind}, Command: r.commandOfSteps(kind)}
		if v.Table = r.table("Steps of the funnel, "+present.Label(kind), records, append([]string{"from_stage", "to_stage"}, stepColumns...)...); v.Table == nil {
			continue
		}
		counts := map[string]int{}
		for _, rec := range records {
			counts[rec.text("answer")]++
		}
		v.Summary = fmt.Sprintf("Each step has its newest period and the newest one that is final. Better: %d, worse: %d, cannot say: %d.", counts["better"], counts["worse"], counts["cannot say"])
		var rows []chart.Row
		for _, rec := range records {
			now := &chart.Value{Amount: rec.amount("conversion_rate"), Text: r.show(rec, "conversion_rate"), Whisker: interval(rec, "wilson_low", "wilson_high")}
			var before *chart.Value
			if rec.has("previous_rate") {
				before = &chart.Value{Amount: rec.amount("previous_rate"), Text: r.show(rec, "previous_rate")}
			}
			rows = append(rows, chart.Row{Label: rec.text("from_stage") + " to " + rec.text("to_stage") + ", " + rec.text("period_label"), Values: []*chart.Value{now, before}})
		}
		v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("steps-%d", len(f.Variants)), Title: title, Description: v.Summary}, []string{"Conversion with its 95 % interval", "The period before"}, rows)}
		f.Variants = append(f.Variants, v)
	}
	if len(f.Variants) == 0 {
		return r.without("steps", title, "funnel_trend", "No step of the funnel has units in two periods."), nil
	}
	return f, nil
}
