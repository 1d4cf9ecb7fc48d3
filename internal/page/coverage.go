package page

import (
	"context"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/page/chart"
	"github.com/tributary-engine/tributary/internal/words"
)

// coverageFigures are what to fix first, how much of the conversions has a journey, and cost that no
// touchpoint can earn back.
func (r *reader) coverageFigures(ctx context.Context) ([]figure, error) {
	found, err := r.findings(ctx)
	if err != nil {
		return nil, err
	}
	journeys, err := r.journeys(ctx)
	if err != nil {
		return nil, err
	}
	cost, err := r.costCoverage(ctx)
	return []figure{found, journeys, cost}, err
}

// findings are the warnings, new ones first, and then what is only worth knowing. Examples are left
// out: they can be ids of people.
func (r *reader) findings(ctx context.Context) (figure, error) {
	const title = "What to fix first"
	records, err := r.rows(ctx, "findings", nil)
	if err != nil || len(records) == 0 {
		return r.without("findings", title, "findings", "Nothing was found that looks wrong."), err
	}
	fresh, err := r.freshWarnings()
	if err != nil {
		return figure{}, err
	}
	warnings := only(records, "severity", "warn")
	slices.SortStableFunc(warnings, func(a, b record) int { return rankOf(fresh[place(b)]) - rankOf(fresh[place(a)]) })
	shown := append(warnings, only(records, "severity", "info")...)
	t := &table{Caption: "Findings, the most serious first", Report: "findings", Columns: []column{
		{Label: "What was found", Name: "message"}, {Label: "Where", Name: "table"}, {Label: "Severity", Name: "severity"}, {Label: "Rows", Name: "rows", Numeric: true}, {Label: "Money", Name: "money", Numeric: true}, {Label: "What to do", Name: "remedy"},
	}}
	most := max(len(warnings), 2*r.most.paths)
	for _, rec := range shown[:min(len(shown), most)] {
		severity := map[string]string{"warn": "Warning", "info": "Information"}[rec.text("severity")]
		if fresh[place(rec)] {
			severity = "New warning"
		}
		t.Rows = append(t.Rows, row{Key: query(rec.key()), Cells: []cell{
			{Text: impersonal(rec), Head: true}, {Text: rec.text("table")}, {Text: severity}, r.cell(rec, "rows", false), r.cell(rec, "money", false), {Text: rec.text("remedy")},
		}})
	}
	if left := len(shown) - len(t.Rows); left > 0 {
		t.Left = words.Count(left, "more finding") + " for information: the command prints them."
	}
	summary := fmt.Sprintf("%s, of which %s new; %s for information.", words.Count(len(warnings), "warning"), words.Number(len(fresh))+" "+words.Choose(len(fresh), "is", "are"), words.Count(len(shown)-len(warnings), "finding"))
	if worth := byGreatest(warnings, "money"); len(worth) > 0 && worth[0].amount("money") > 0 {
		summary += fmt.Sprintf(" The one with the most money: %s.", impersonal(worth[0]))
	}
	f := figureOf("findings", title, variant{Summary: summary, Command: "tributary report findings", Table: t}, definitions("findings", "severity", "rows", "money", "remedy")...)
	f.Note = "Examples are not shown here, because they can be ids of people. The command prints them, with a SELECT that shows the rows."
	return f, nil
}

// place is what tells findings apart.
func place(rec record) string {
	return rec.text("code") + "/" + rec.text("table") + "/" + rec.text("column")
}

// freshWarnings are the warnings that this run is the first to have.
func (r *reader) freshWarnings() (map[string]bool, error) {
	records, err := findings.Read(r.run.Directory)
	if err != nil {
		return nil, err
	}
	fresh := map[string]bool{}
	for _, f := range records.Findings {
		if f.Severity == "warn" && f.KnownSince == records.Run {
			fresh[f.Code+"/"+f.Table+"/"+f.Column] = true
		}
	}
	return fresh, nil
}

// named is the part of a message that names examples.
var named = regexp.MustCompile(", for example (?:(?:`[^`]*`|\"(?:[^\"\\\\]|\\\\.)*\")(?: \\(did you mean [^)]*\\))?(?:, )?)+")

// impersonal is the message of a finding without examples. Where one is left, the message is that of
// the code alone.
func impersonal(rec record) string {
	message := named.ReplaceAllString(rec.text("message"), "")
	if rec.text("code") == "columns-left-out" { // examples are names of columns
		return message
	}
	for _, key := range strings.Split(rec.text("examples"), ", ") {
		if key != "" && strings.Contains(message, "`"+key+"`") {
			return strings.ReplaceAll(rec.text("code"), "-", " ")
		}
	}
	return message
}

// banner says how many warnings are new; empty: none is.
func (r *reader) banner() (string, error) {
	fresh, err := r.freshWarnings()
	if err != nil || len(fresh) == 0 {
		return "", err
	}
	return words.Count(len(fresh), "new warning") + " in this run.", nil
}

// journeys are why conversions have a journey or none.
func (r *reader) journeys(ctx context.Context) (figure, error) {
	const title = "Conversions with and without a journey"
	columns := []string{"period_conversions", "period_conversion_share", "period_amount", "period_amount_share"}
	f := figure{ID: "journeys", Title: title, Definitions: definitions("coverage", append([]string{"member"}, columns...)...), Elsewhere: "tributary report coverage"}
	for _, kind := range r.types {
		where := r.where("opportunity_type", kind, "dimension", "reason")
		records, err := r.rows(ctx, "coverage", where)
		if err != nil {
			return f, err
		}
		v := variant{Dims: dims{"type": kind}, Command: command("coverage", where)}
		if v.Table = r.table(title+", "+r.named(v.Dims), records, append([]string{"conversion_type", "member"}, columns...)...); v.Table == nil {
			continue
		}
		var rows []chart.Row
		var text []string
		for _, rec := range records {
			if rec.text("member") == "(attributed)" {
				rows = append(rows, chart.Row{Label: labelOf(rec.text("conversion_type")), Values: []*chart.Value{{Amount: rec.amount("period_conversion_share"), Text: r.show(rec, "period_conversion_share")}}})
				text = append(text, fmt.Sprintf("%s of %s", r.show(rec, "period_conversion_share"), rec.text("conversion_type")))
			}
		}
		v.Summary = "No conversion has a journey."
		if len(text) > 0 {
			v.Summary = "Conversions with a journey: " + listed(text) + ". The others have no touchpoint, for the reasons in the table."
		}
		v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("coverage-%d", len(f.Variants)), Title: "Share of conversions with a journey", Description: v.Summary}, nil, rows)}
		f.Variants = append(f.Variants, v)
	}
	if len(f.Variants) == 0 {
		return r.without("journeys", title, "coverage", "There are no conversions."), nil
	}
	return f, nil
}

// costCoverage is the cost of channels that meets touchpoints.
func (r *reader) costCoverage(ctx context.Context) (figure, error) {
	const title = "Cost with touchpoints"
	columns := []string{"cost", "cost_with_touches", "cost_without_touches", "share_covered", "touches", "touches_without_cost", "status"}
	where := r.where("campaign_id", "(all)")
	all, err := r.rows(ctx, "cost_coverage", where)
	whole := only(all, "channel", "(all)")
	if err != nil || len(whole) == 0 || whole[0].amount("cost") == 0 {
		return r.without("cost", title, "cost_coverage", "No cost is in the data."), err
	}
	records := append(whole, slices.DeleteFunc(byGreatest(all, "cost_without_touches"), func(rec record) bool { return rec.text("channel") == "(all)" })...)
	records = records[:min(len(records), 1+r.most.channels)]
	summary := fmt.Sprintf("%s of %s has touchpoints. ", r.money(whole[0].text("cost_with_touches")), r.money(whole[0].text("cost")))
	var without []string
	var rows []chart.Row
	for _, rec := range records {
		if rec.text("status") == "cost_without_touches" {
			without = append(without, rec.text("channel"))
		}
		if rec.amount("cost") > 0 {
			rows = append(rows, chart.Row{Label: label(rec, "channel"), Values: []*chart.Value{{Amount: rec.amount("share_covered"), Text: percentOf(rec.text("share_covered"))}}})
		}
	}
	if len(without) > 0 {
		summary += "Channels with cost and without a touchpoint, whose return looks worse than it is: " + listed(without) + "."
	}
	f := figureOf("cost", title, variant{Summary: summary, Command: command("cost_coverage", where), Table: r.table(title, records, append([]string{"channel"}, columns...)...)}, definitions("cost_coverage", columns...)...)
	f.Variants[0].Charts = []template.HTML{chart.Bars(chart.Head{Name: "cost-coverage", Title: "Share of the cost with touchpoints", Description: summary}, nil, rows)}
	return f, nil
}
