package page

import (
	"context"
	"fmt"
	"html/template"
	"slices"

	"github.com/tributary-engine/tributary/internal/page/chart"
)

// isOfOpportunities reports whether the conversion of a row has an amount: stages of people have none.
func isOfOpportunities(rec record) bool {
	return rec.text("conversion_type") == "pipeline" || rec.text("conversion_type") == "revenue"
}

// reconciliationFigures show that credit adds up to the opportunities themselves, under every model.
func (r *reader) reconciliationFigures(ctx context.Context) ([]figure, error) {
	const title = "Total, attributed and unattributed"
	columns := []string{"period_total", "period_attributed", "period_unattributed", "period_difference", "period_total_count", "period_unattributed_count"}
	f := figure{ID: "totals", Title: title, Definitions: definitions("reconciliation", "total", "attributed", "unattributed", "difference", "period_total", "total_count"), Elsewhere: "tributary report reconciliation"}
	for _, kind := range r.types {
		records, err := r.rows(ctx, "reconciliation", r.where("opportunity_type", kind))
		if err != nil {
			return nil, err
		}
		records = slices.DeleteFunc(records, func(rec record) bool { return !isOfOpportunities(rec) })
		v := variant{Dims: dims{"type": kind}, Command: command("reconciliation", r.where("opportunity_type", kind))}
		if v.Table = r.table(title+", "+r.named(v.Dims), records, append([]string{"model", "conversion_type"}, columns...)...); v.Table == nil {
			continue
		}
		isOff := slices.ContainsFunc(records, func(rec record) bool { return rec.amount("period_difference") != 0 })
		v.Summary = fmt.Sprintf("Under each of the %d models, attributed plus unattributed credit equals the total of the opportunities, to the cent: every difference is 0.", len(distinct(records, "model")))
		if isOff { // a run with a difference is not published
			v.Summary = "Attributed plus unattributed credit does not equal the total. Do not use this run."
		}
		var rows []chart.Row
		for _, rec := range only(records, "conversion_type", "pipeline") {
			rows = append(rows, chart.Row{Label: label(rec, "model"), Values: []*chart.Value{
				{Amount: rec.amount("period_attributed"), Text: r.show(rec, "period_attributed")}, {Amount: rec.amount("period_unattributed"), Text: r.show(rec, "period_unattributed")}}})
		}
		v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("reconciliation-%d", len(f.Variants)), Title: "Pipeline, attributed and unattributed, by model", Description: v.Summary}, []string{"Attributed pipeline", "Unattributed pipeline"}, rows)}
		f.Variants = append(f.Variants, v)
	}
	if len(f.Variants) == 0 {
		return []figure{r.without("totals", title, "reconciliation", "There are no opportunities, so there is nothing to reconcile.")}, nil
	}
	return []figure{f}, nil
}
