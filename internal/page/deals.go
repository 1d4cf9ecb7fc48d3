package page

import (
	"context"
	"fmt"
	"html/template"

	"github.com/tributary-engine/tributary/internal/page/chart"
)

// dealFigures are the rates at which opportunities were won, by segment, competitor and reason.
func (r *reader) dealFigures(ctx context.Context) ([]figure, error) {
	dimensions := []struct{ column, title, drawn, low, high, summary string }{
		{"segment", "Win rate by segment", "win_rate", "wilson_low", "wilson_high", ""},
		{"competitor", "Win rate by competitor", "win_rate", "wilson_low", "wilson_high", ""},
		{"loss_reason", "Why opportunities were lost", "share_of_lost", "", "", "Shares of all lost opportunities; wins have no reason as a rule."},
	}
	columns := []string{"won", "lost", "win_rate", "wilson_low", "wilson_high", "small_sample", "share_of_lost", "won_value", "lost_value"}
	var figures []figure
	for _, by := range dimensions {
		f := figure{ID: by.column, Title: by.title, Definitions: definitions("win_loss", append([]string{by.column}, columns...)...), Elsewhere: "tributary report win_loss"}
		for _, kind := range r.types {
			where := r.where("basis", "period", "period_type", "all", "opportunity_type", kind, "competitor", "(all)", "loss_reason", "(all)", "segment", "(all)")
			delete(where, by.column)
			all, err := r.rows(ctx, "win_loss", where)
			if err != nil {
				return nil, err
			}
			var records []record
			for _, rec := range byGreatest(all, "lost") {
				if (rec.text(by.column) != "(all)" || by.column == "segment") && len(records) < r.most.segments+4 && !(by.column == "loss_reason" && rec.amount("lost") == 0) {
					records = append(records, rec)
				}
			}
			delete(where, "period_type")
			v := variant{Dims: dims{"type": kind}, Summary: by.summary, Command: command("win_loss", where)}
			if v.Table = r.table(by.title+", "+r.named(v.Dims), records, append([]string{by.column}, columns...)...); v.Table == nil {
				continue
			}
			if by.low != "" {
				v.Summary = r.ratesSummary(only(all, by.column, "(all)"), records, by.column)
			}
			var rows []chart.Row
			for _, rec := range records {
				value := &chart.Value{Amount: rec.amount(by.drawn), Text: r.show(rec, by.drawn)}
				if by.low != "" {
					value.Whisker = interval(rec, by.low, by.high)
					value.Text += fmt.Sprintf(" of %.0f", rec.amount("won")+rec.amount("lost"))
				}
				rows = append(rows, chart.Row{Label: label(rec, by.column), Values: []*chart.Value{value}})
			}
			v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("deals-%s-%d", by.column, len(f.Variants)), Title: by.title, Description: v.Summary}, nil, rows)}
			f.Variants = append(f.Variants, v)
		}
		if len(f.Variants) == 0 {
			f = r.without(by.column, by.title, "win_loss", "No opportunity was won or lost in the reporting period.")
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// ratesSummary is the rate of all, and the members whose interval does not hold it: they differ by
// more than chance.
func (r *reader) ratesSummary(whole, records []record, column string) string {
	if len(whole) == 0 || !whole[0].has("win_rate") {
		return "No opportunity was won or lost."
	}
	all := whole[0]
	text := fmt.Sprintf("%s of %.0f opportunities were won (%s, 95 %% interval %s to %s).", r.show(all, "won"), all.amount("won")+all.amount("lost"), r.show(all, "win_rate"), r.show(all, "wilson_low"), r.show(all, "wilson_high"))
	var apart []string
	for _, rec := range records {
		if rec.has("win_rate") && (rec.number("wilson_high").Cmp(all.number("win_rate")) < 0 || rec.number("wilson_low").Cmp(all.number("win_rate")) > 0) {
			apart = append(apart, fmt.Sprintf("%s (%s)", label(rec, column), r.show(rec, "win_rate")))
		}
	}
	if len(apart) == 0 {
		return text + " Every interval holds this rate, so none of the rows can be told from it."
	}
	return text + " The interval does not hold this rate for " + listed(apart) + "."
}
