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

// agreement shows how far the models agree about channels: what is the same under all of them does
// not depend on a choice.
func (r *reader) agreement(ctx context.Context) ([]figure, error) {
	ranges := figure{ID: "ranges", Title: "Pipeline of each channel under every model", Definitions: definitions("channel_performance", "pipeline", "model")}
	shapes := figure{ID: "shapes", Title: "One panel per model", Definitions: definitions("channel_performance", "revenue", "model")}
	for _, kind := range r.types {
		where := r.where("basis", "period", "opportunity_type", kind)
		all, err := r.rows(ctx, "channel_performance", where)
		if err != nil {
			return nil, err
		}
		var shown []record // the top channels of the primary model, under all models
		var names []string
		for _, rec := range r.topChannels(only(all, "model", r.primary)) {
			names = append(names, rec.text("channel"))
			shown = append(shown, only(all, "channel", rec.text("channel"))...)
		}
		if len(shown) == 0 {
			continue
		}
		ranges.Variants = append(ranges.Variants, r.rangeVariant(len(ranges.Variants), kind, names, shown))
		if kind == r.mainType() {
			shapes.Variants = append(shapes.Variants, r.shapeVariant(kind, names, shown))
		}
	}
	if len(ranges.Variants) == 0 {
		return []figure{r.without("ranges", ranges.Title, "channel_performance", "No channel has credit, so there is nothing about which models could disagree.")}, nil
	}
	return []figure{ranges, shapes}, nil
}

// rangeVariant draws the models of a channel as dots on one line.
func (r *reader) rangeVariant(number int, kind string, names []string, records []record) variant {
	v := variant{Dims: dims{"type": kind}, Command: command("channel_performance", r.where("basis", "period", "opportunity_type", kind), "channel", "model", "pipeline")}
	v.Table = r.pivot("Pipeline by channel and model, "+present.Label(kind), records, "channel", "model", "pipeline")
	var rows []chart.DotRow
	var same []string
	for _, name := range names {
		if name == unattributed { // the same under all models that do not need an anchor
			continue
		}
		mine := only(records, "channel", name)
		row := chart.DotRow{Label: name}
		for _, rec := range mine {
			row.Dots = append(row.Dots, rec.amount("pipeline"))
			if rec.text("model") == r.primary {
				row.Emphasised = &chart.Value{Amount: rec.amount("pipeline"), Text: r.show(rec, "pipeline")}
			}
		}
		rows = append(rows, row)
		if best, worst := r.ranks(records, name); best == worst && mine[0].amount("pipeline") > 0 {
			same = append(same, fmt.Sprintf("%s (%d)", name, best))
		}
	}
	v.Summary = fmt.Sprintf("Where the %d models lie close together, the choice of a model does not matter. ", len(distinct(records, "model")))
	if len(same) > 0 {
		v.Summary += "The same place by pipeline under all of them: " + listed(same) + "."
	} else {
		v.Summary += "No channel has the same place by pipeline under all of them."
	}
	head := chart.Head{Name: fmt.Sprintf("ranges-%d", number), Title: "Pipeline of each channel under every model", Description: v.Summary}
	v.Charts = []template.HTML{chart.Dots(head, "Every model, from the least to the greatest", present.Label(r.primary), rows)}
	return v
}

// shapeVariant draws one panel per model, with the channels in the same order.
func (r *reader) shapeVariant(kind string, names []string, records []record) variant {
	v := variant{Many: true, Command: command("channel_performance", r.where("basis", "period", "opportunity_type", kind), "channel", "model", "revenue")}
	v.Table = r.pivot("Revenue by channel and model, "+present.Label(kind), records, "channel", "model", "revenue")
	var panels [][]float64
	for _, model := range r.models {
		mine := only(records, "model", model)
		var amounts []float64
		for _, name := range names {
			amounts = append(amounts, sumOf(only(mine, "channel", name), "revenue"))
		}
		panels = append(panels, amounts)
	}
	low, high := chart.Reach(panels)
	for i, model := range r.models {
		head := chart.Head{Name: fmt.Sprintf("shapes-%d", i), Title: present.Label(model), Description: "Revenue by channel, in the order of the table below, under " + present.Label(model)}
		v.Charts = append(v.Charts, chart.Multiple(head, low, high, panels[i]))
	}
	v.Summary = "Revenue of " + strings.ToLower(present.Label(kind)) + " by channel, from left to right in the order of the table: " + listed(names) + ". Panels of the same shape agree."
	return v
}

// ranks are the best and the worst place of a channel by pipeline over the models. Equal amounts
// share a place.
func (r *reader) ranks(records []record, channel string) (best, worst int) {
	for _, model := range distinct(records, "model") {
		rank := rankIn(only(records, "model", model), channel)
		if best == 0 || rank < best {
			best = rank
		}
		worst = max(worst, rank)
	}
	return best, worst
}

// rankIn is the place of a channel by pipeline among the channels of one model.
func rankIn(records []record, channel string) int {
	at := slices.IndexFunc(records, func(rec record) bool { return rec.text("channel") == channel })
	if at < 0 || !records[at].has("pipeline") {
		return len(records)
	}
	rank := 1
	for _, rec := range records {
		if n := rec.number("pipeline"); rec.text("channel") != unattributed && n != nil && n.Cmp(records[at].number("pipeline")) > 0 {
			rank++
		}
	}
	return rank
}

func sumOf(records []record, column string) float64 {
	total := 0.0
	for _, rec := range records {
		total += rec.amount(column)
	}
	return total
}
