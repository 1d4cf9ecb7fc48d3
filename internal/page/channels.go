package page

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/present"
)

// measured are the columns of performance that the page shows.
var measured = []string{"cost", "leads", "mqls", "sqls", "opportunities", "won", "pipeline", "revenue", "cost_per_lead", "cost_per_opportunity", "roi"}

// channelFigures are the channels under every model, and by period under the primary one.
func (r *reader) channelFigures(ctx context.Context) ([]figure, error) {
	f := figure{ID: "performance", Title: "Cost, credit and return by channel", Definitions: definitions("channel_performance", append([]string{"channel"}, measured...)...), Elsewhere: "tributary report period_performance"}
	for _, kind := range r.types {
		where := r.where("basis", "period", "opportunity_type", kind)
		records, err := r.rows(ctx, "channel_performance", where)
		if err != nil {
			return nil, err
		}
		models := r.models[:min(len(r.models), r.most.models)]
		if kind != r.mainType() {
			models = models[:min(1, len(models))]
		}
		for _, model := range models {
			where := r.where("basis", "period", "opportunity_type", kind, "model", model)
			f.Variants = append(f.Variants, r.channelVariant(fmt.Sprintf("channels-%d", len(f.Variants)), "the reporting period", only(records, "model", model),
				dims{"type": kind, "model": model, "period": ""}, command("channel_performance", where)))
		}
	}
	if err := r.channelPeriods(ctx, &f, r.mainType()); err != nil {
		return nil, err
	}
	f.Variants = slices.DeleteFunc(f.Variants, func(v variant) bool { return v.Table == nil })
	if len(f.Variants) == 0 {
		return []figure{r.without("performance", f.Title, "channel_performance", "No channel has cost or credit in the reporting period.")}, nil
	}
	if left := len(r.channels) - r.most.channels; left > 0 {
		f.Note = fmt.Sprintf("The %d channels with the most pipeline are shown. The commands print all %d.", r.most.channels, len(r.channels))
	}
	if len(r.models) > r.most.models {
		f.Note += " Some models are left out, because the page has to stay small."
	}
	return []figure{f}, nil
}

// channelPeriods adds the newest periods of the calendar, under the primary model.
func (r *reader) channelPeriods(ctx context.Context, f *figure, kind string) error {
	spans := r.spans(r.most.periods)
	slices.Reverse(spans)
	for _, s := range spans {
		where := r.where("basis", "period", "opportunity_type", kind, "model", r.primary, "period_type", r.calendar, "period_label", s.label)
		records, err := r.rows(ctx, "period_performance", where)
		if err != nil {
			return err
		}
		line := command("period_performance", r.where("basis", "period", "opportunity_type", kind, "model", r.primary, "period_label", s.label)) + " --by " + r.calendar
		f.Variants = append(f.Variants, r.channelVariant(fmt.Sprintf("channels-%d", len(f.Variants)), s.label, records, dims{"type": kind, "model": r.primary, "period": s.label}, line))
	}
	return nil
}

// channelVariant shows channels under one model in one period.
func (r *reader) channelVariant(name, period string, records []record, d dims, line string) variant {
	records = r.topChannels(records)
	v := variant{Dims: d, Command: line, Table: r.table("Channels under "+present.Label(d["model"])+", "+period, records, append([]string{"channel"}, measured...)...)}
	if v.Table == nil {
		return v
	}
	var rows []chart.Row
	for _, rec := range records {
		rows = append(rows, chart.Row{Label: label(rec, "channel"), Values: []*chart.Value{
			{Amount: rec.amount("pipeline"), Text: r.show(rec, "pipeline")}, {Amount: rec.amount("revenue"), Text: r.show(rec, "revenue")},
		}})
	}
	v.Summary = r.channelSummary(records)
	v.Charts = []template.HTML{chart.Bars(chart.Head{Name: name, Title: "Pipeline and revenue by channel, " + period, Description: plainText(v.Summary)}, []string{"Pipeline", "Revenue"}, rows)}
	return v
}

// topChannels keeps the channels with the most pipeline, in that order, and the unattributed row last.
func (r *reader) topChannels(records []record) []record {
	sorted := byGreatest(records, "pipeline")
	var kept, last []record
	for _, rec := range sorted {
		switch {
		case rec.text("channel") == unattributed:
			last = append(last, rec)
		case len(kept) < r.most.channels:
			kept = append(kept, rec)
		}
	}
	return append(kept, last...)
}

// channelsSummary says which channel earned the most, and which has the best and the worst return.
func (r *reader) channelSummary(records []record) string {
	named := slices.DeleteFunc(slices.Clone(records), func(rec record) bool { return rec.text("channel") == unattributed })
	if len(named) == 0 || named[0].amount("pipeline") == 0 {
		return "No channel is credited with pipeline."
	}
	first := named[0]
	text := []string{fmt.Sprintf("%s is credited with the most pipeline: %s.", first.text("channel"), r.money(first.text("pipeline")))}
	returns := slices.DeleteFunc(byGreatest(named, "roi"), func(rec record) bool { return !rec.has("roi") || rec.amount("cost") <= 0 })
	if len(returns) > 1 {
		best, worst := returns[0], returns[len(returns)-1]
		text = append(text, fmt.Sprintf("Of the channels with cost, %s has the best return on investment (%s) and %s the worst (%s).", best.text("channel"), r.show(best, "roi"), worst.text("channel"), r.show(worst, "roi")))
	}
	for _, rec := range records {
		if rec.text("channel") == unattributed && rec.amount("pipeline") != 0 {
			text = append(text, r.money(rec.text("pipeline"))+" of pipeline is not attributed.")
		}
	}
	return strings.Join(text, " ")
}

// plainText is a sentence without its marks of code.
func plainText(text string) string { return strings.ReplaceAll(text, "`", "") }
