package page

import (
	"context"
	"fmt"
	"html/template"

	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/present"
)

// basisFigures show the two bases beside each other: credit dated by its conversion, and by its
// touchpoint.
func (r *reader) basisFigures(ctx context.Context) ([]figure, error) {
	const title = "Revenue by channel on both bases"
	f := figure{ID: "revenue", Title: title, Definitions: definitions("channel_performance", "basis", "revenue", "roi"), Elsewhere: "tributary report channel_performance"}
	for _, kind := range r.types {
		where := r.where("opportunity_type", kind, "model", r.primary)
		all, err := r.rows(ctx, "channel_performance", where)
		if err != nil {
			return nil, err
		}
		var shown []record
		var rows []chart.Row
		differ := 0
		for _, rec := range r.topChannels(only(all, "basis", "period")) {
			mine := only(all, "channel", rec.text("channel"))
			shown = append(shown, mine...)
			cohort := only(mine, "basis", "cohort")
			values := []*chart.Value{{Amount: rec.amount("revenue"), Text: r.show(rec, "revenue")}, nil}
			if len(cohort) > 0 {
				values[1] = &chart.Value{Amount: cohort[0].amount("revenue"), Text: r.show(cohort[0], "revenue")}
				if cohort[0].text("revenue") != rec.text("revenue") {
					differ++
				}
			}
			rows = append(rows, chart.Row{Label: label(rec, "channel"), Values: values})
		}
		v := variant{Dims: dims{"type": kind}, Command: command("channel_performance", where, "basis", "channel", "pipeline", "revenue", "roi")}
		if v.Table = r.pivot("Both bases, "+present.Label(kind), shown, "channel", "basis", "pipeline", "revenue", "roi"); v.Table == nil {
			continue
		}
		v.Summary = "On the basis period, revenue is dated by the win; on the basis cohort, by the touchpoints that earned it. "
		if differ == 0 {
			v.Summary += "They are equal here, because the reporting period has all touchpoints of its wins."
		} else {
			v.Summary += fmt.Sprintf("They differ for %d of %d channels. Compare cost with revenue on the basis cohort once the cohort is old enough to have won.", differ, len(rows))
		}
		v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("bases-%d", len(f.Variants)), Title: title, Description: v.Summary}, []string{"Period", "Cohort"}, rows)}
		f.Variants = append(f.Variants, v)
	}
	if len(f.Variants) == 0 {
		return []figure{r.without("revenue", title, "channel_performance", "No channel has cost or credit.")}, nil
	}
	return []figure{f}, nil
}
