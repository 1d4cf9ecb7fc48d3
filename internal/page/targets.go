package page

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// targetFigures are what was promised against what happened, and the weeks ahead.
func (r *reader) targetFigures(ctx context.Context) ([]figure, error) {
	targets, err := r.targets(ctx)
	if err != nil {
		return nil, err
	}
	capacity, err := r.capacity(ctx)
	return []figure{targets, capacity}, err
}

// targets are those whose period has as-of in it; without one, those of the newest period that has
// ended.
func (r *reader) targets(ctx context.Context) (figure, error) {
	const title = "Targets against actuals"
	columns := []string{"period_start", "period_end", "target", "actual", "share", "expected_by_now", "difference", "needed_per_week", "pace", "reason"}
	records, err := r.currentTargets(ctx)
	if err != nil || len(records) == 0 {
		return r.without("actuals", title, "targets", "There are no targets for the time of this run. Add a table `targets` to have them."), err
	}
	f := figureOf("actuals", title, variant{Command: r.commandOfTargets(records)}, definitions("targets", append([]string{"metric"}, columns[2:]...)...)...)
	v := &f.Variants[0]
	v.Table = r.table(title, records, append([]string{"metric"}, columns...)...)
	var rows []chart.Row
	for _, rec := range records {
		if rec.has("share") {
			name := fmt.Sprintf("%s, %s to %s", present.Label(rec.text("metric")), rec.text("period_start"), rec.text("period_end"))
			rows = append(rows, chart.Row{Label: name, Values: []*chart.Value{{Amount: rec.amount("share"), Text: percentOf(rec.text("share"))}}})
		}
	}
	v.Summary = targetsSummary(records)
	v.Charts = []template.HTML{chart.Bars(chart.Head{Name: "targets", Title: "Actual as a share of the target", Description: v.Summary}, nil, rows)}
	return f, nil
}

func (r *reader) currentTargets(ctx context.Context) ([]record, error) {
	all, err := r.rows(ctx, "targets", nil)
	if err != nil {
		return nil, err
	}
	current := slices.Clone(all)
	current = slices.DeleteFunc(current, func(rec record) bool {
		return rec.text("period_start") > r.asOfDay || rec.text("period_end") < r.asOfDay
	})
	if len(current) > 0 {
		return current, nil
	}
	newest := ""
	for _, rec := range all {
		if end := rec.text("period_end"); end <= r.asOfDay {
			newest = max(newest, end)
		}
	}
	return only(all, "period_end", newest), nil
}

// commandOfTargets prints the targets whose period has as-of in it, or those of the newest period.
func (r *reader) commandOfTargets(records []record) string {
	end := records[0].text("period_end")
	if end < r.asOfDay {
		return command("targets", r.where("period_end", end))
	}
	return "tributary report targets --where " + quoted("period_start<="+r.asOfDay) + " --where " + quoted("period_end>="+r.asOfDay)
}

// targetsSummary counts the targets by pace and names those that are behind.
func targetsSummary(records []record) string {
	var parts []string
	count := 0
	for _, start := range distinct(records, "period_start") {
		var behind []string
		period := only(records, "period_start", start)
		for _, rec := range period {
			if pace := rec.text("pace"); pace == "behind" || pace == "over" {
				behind = append(behind, present.Label(rec.text("metric")))
				count++
			}
		}
		if len(behind) > 0 {
			parts = append(parts, listed(behind)+" from "+start+" to "+period[0].text("period_end"))
		}
	}
	if count == 0 {
		return fmt.Sprintf("None of the %d targets is behind an even pace.", len(records))
	}
	return fmt.Sprintf("Of %d targets, %d %s behind an even pace, or over it for cost: %s.", len(records), count, words.Choose(count, "is", "are"), strings.Join(parts, "; "))
}

// percentOf is a ratio as a percentage.
func percentOf(exact string) string { return present.Value(present.Percent, exact, 0) }

// capacity are the weeks ahead: what will be handed over against what sales can work.
func (r *reader) capacity(ctx context.Context) (figure, error) {
	const title = "Deliveries expected against the capacity of sales"
	columns := []string{"leads", "deliveries", "capacity", "overflow", "room", "status"}
	where := r.where("campaign_id", "(all)")
	records, err := r.rows(ctx, "capacity_weeks", where)
	records = records[:min(len(records), 13)] // a quarter
	if err != nil || !slices.ContainsFunc(records, func(rec record) bool { return rec.has("capacity") || rec.amount("deliveries") > 0 }) {
		return r.without("capacity", title, "capacity_weeks", "No capacity of sales is given and no campaign expects leads. Add a table `capacity`, and `expected_leads` to campaigns."), err
	}
	f := figureOf("capacity", title, variant{Command: command("capacity_weeks", where)}, definitions("capacity_weeks", append([]string{"week_start"}, columns...)...)...)
	v := &f.Variants[0]
	v.Table = r.table(title+", the next weeks", records, append([]string{"week_start"}, columns...)...)
	v.Table.Columns[0].Label = "Week from"
	var rows []chart.Row
	var over []string
	for _, rec := range records {
		values := make([]*chart.Value, 2)
		for i, column := range []string{"deliveries", "capacity"} {
			if rec.has(column) {
				values[i] = &chart.Value{Amount: rec.amount(column), Text: r.show(rec, column)}
			}
		}
		rows = append(rows, chart.Row{Label: "Week from " + rec.text("week_start"), Values: values})
		if rec.text("status") == "overflow" {
			over = append(over, rec.text("week_start"))
		}
	}
	v.Summary = fmt.Sprintf("In none of the next %d weeks are more leads expected than sales can work.", len(records))
	if len(over) > 0 {
		v.Summary = "More leads are expected than sales can work in the weeks from " + strings.Join(over, ", ") + "."
	}
	v.Charts = []template.HTML{chart.Bars(chart.Head{Name: "capacity", Title: title, Description: v.Summary}, []string{"Deliveries expected", "Capacity"}, rows)}
	return f, nil
}
