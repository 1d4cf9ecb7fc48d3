package page

import (
	"context"
	"html/template"
	"slices"

	"github.com/tributary-engine/tributary/internal/page/chart"
)

// costFigures are cost per lead and per customer over time.
func (r *reader) costFigures(ctx context.Context) ([]figure, error) {
	perLead, err := r.costPerLead(ctx)
	if err != nil {
		return nil, err
	}
	perCustomer, err := r.costPerCustomer(ctx)
	return []figure{perLead, perCustomer}, err
}

// costPerLead is of the whole company. The report repeats it in every row of a period; the first one
// is taken.
func (r *reader) costPerLead(ctx context.Context) (figure, error) {
	const title = "Cost per lead, MQL, SQL and opportunity"
	columns := []string{"cost_per_lead_all", "cost_per_mql_all", "cost_per_sql_all", "cost_per_opportunity_all"}
	where := r.where("basis", "period", "opportunity_type", "new_business", "model", r.primary, "period_type", r.calendar)
	all, err := r.rows(ctx, "period_performance", where)
	if err != nil {
		return figure{}, err
	}
	var records []record
	for _, s := range r.spans(2 * r.most.periods) {
		if mine := only(all, "period_label", s.label); len(mine) > 0 {
			records = append(records, mine[0])
		}
	}
	if !slices.ContainsFunc(records, func(rec record) bool { return rec.has("cost_per_lead_all") }) {
		return r.without("lead", title, "period_performance", "There is no cost per lead: the data has no cost, or no leads."), nil
	}
	return r.overTime("lead", title, records, []string{"cost_per_lead_all", "cost_per_mql_all"}, columns, command("period_performance", r.where("basis", "period", "opportunity_type", "new_business", "model", r.primary), append([]string{"period_label"}, columns...)...)+" --by "+r.calendar), nil
}

func (r *reader) costPerCustomer(ctx context.Context) (figure, error) {
	const title = "Cost per new customer, and payback"
	columns := []string{"cost", "new_customers", "small_sample", "cac", "monthly_per_customer", "margin", "payback_months", "provisional_cost"}
	all, err := r.rows(ctx, "customer_acquisition", r.where("channel", "(all)", "period_type", r.calendar))
	if err != nil {
		return figure{}, err
	}
	var records []record
	for _, s := range r.spans(2 * r.most.periods) {
		records = append(records, only(all, "period_label", s.label)...)
	}
	if !slices.ContainsFunc(records, func(rec record) bool { return rec.has("cac") }) {
		return r.without("customer", title, "customer_acquisition", "There is no cost per new customer: in no period are both cost and a first win."), nil
	}
	f := r.overTime("customer", title, records, []string{"cac"}, columns, command("customer_acquisition", r.where("channel", "(all)"))+" --by "+r.calendar)
	f.Variants[0].Summary += " Cost is of the period, and so are the customers, although most of their touchpoints are older: read long periods."
	return f, nil
}

// overTime is a figure of lines over periods.
func (r *reader) overTime(id, title string, records []record, drawn, columns []string, line string) figure {
	f := figureOf(id, title, variant{Command: line}, definitions(records[0].report.Name, columns...)...)
	v := &f.Variants[0]
	v.Table = r.table(title, records, append([]string{"period_label"}, columns...)...)
	var labels []string
	lines := make([]chart.Line, len(drawn))
	for _, rec := range records {
		labels = append(labels, rec.text("period_label"))
		for i, column := range drawn {
			lines[i].Name = labelOf(column)
			var point *chart.Value
			if rec.has(column) {
				point = &chart.Value{Amount: rec.amount(column), Text: r.show(rec, column)}
			}
			lines[i].Values = append(lines[i].Values, point)
		}
	}
	last := slices.Clone(records)
	last = slices.DeleteFunc(last, func(rec record) bool { return !rec.has(drawn[0]) })
	newest := last[len(last)-1]
	v.Summary = labelOf(drawn[0]) + " is " + r.money(newest.text(drawn[0])) + " in " + newest.text("period_label")
	if len(last) > 1 {
		before := last[len(last)-2]
		v.Summary += ", and was " + r.money(before.text(drawn[0])) + " in " + before.text("period_label")
	}
	v.Summary += "."
	v.Charts = []template.HTML{chart.Lines(chart.Head{Name: "cost-" + id, Title: title, Description: v.Summary}, labels, lines, r.axis)}
	return f
}
