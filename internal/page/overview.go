package page

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// cards are the first screen: how much pipeline and revenue, how much of it is marketing's, what it
// cost, and what is not attributed. Each has one variant per type of opportunities.
func (r *reader) cards(ctx context.Context) ([]card, error) {
	var pipeline, revenue, sourced, credited, missing card
	pipeline = card{ID: "card-pipeline", Title: "Pipeline created"}
	revenue = card{ID: "card-revenue", Title: "Revenue won"}
	sourced = card{ID: "card-sourced", Title: "Marketing sourced and influenced"}
	credited = card{ID: "card-credited", Title: "Credited to marketing"}
	missing = card{ID: "card-unattributed", Title: "Not attributed"}
	for _, kind := range r.types {
		v, err := r.totalCard(ctx, kind, "pipeline", "opportunities created")
		if err != nil {
			return nil, err
		}
		pipeline.Variants = append(pipeline.Variants, v)
		if v, err = r.totalCard(ctx, kind, "revenue", "opportunities won"); err != nil {
			return nil, err
		}
		revenue.Variants = append(revenue.Variants, v)
		if v, err = r.sourcedCard(ctx, kind); err != nil {
			return nil, err
		}
		sourced.Variants = append(sourced.Variants, v)
		if v, err = r.creditedCard(ctx, kind); err != nil {
			return nil, err
		}
		credited.Variants = append(credited.Variants, v)
		if v, err = r.unattributedCard(ctx, kind); err != nil {
			return nil, err
		}
		missing.Variants = append(missing.Variants, v)
	}
	if len(r.types) == 0 {
		return nil, nil
	}
	cost, err := r.costCard(ctx)
	if err != nil {
		return nil, err
	}
	better, err := r.betterCard(ctx)
	if err != nil {
		return nil, err
	}
	targets, err := r.targetCard(ctx)
	return []card{pipeline, revenue, sourced, credited, cost, better, targets, missing}, err
}

// line is one figure of a card: a cell of a report.
func (r *reader) line(label string, rec record, column, unit string) cardLine {
	return cardLine{Label: label, Unit: unit, Value: value{Text: r.show(rec, column), Exact: rec.text(column), Report: rec.report.Name, Column: column, Key: query(rec.key())}}
}

// totalCard is what the opportunities themselves say, which no model decides.
func (r *reader) totalCard(ctx context.Context, kind, conversion, counted string) (cardVariant, error) {
	where := r.where("conversion_type", conversion, "opportunity_type", kind, "model", r.primary)
	columns := []string{"period_total", "period_total_count", "amount_missing_count"}
	records, err := r.rows(ctx, "reconciliation", where)
	v := cardVariant{Dims: dims{"type": kind}, Command: command("reconciliation", where, columns[:2]...)}
	if err != nil || len(records) == 0 {
		v.Summary = "No " + counted + " of this type."
		return v, err
	}
	rec := records[0]
	v.Lines = []cardLine{r.line("Amount", rec, "period_total", ""), r.line("Number", rec, "period_total_count", counted)}
	v.Summary = "Full amounts of the opportunities themselves, in the reporting period. No model changes them."
	if n := int64(rec.amount("amount_missing_count")); n > 0 {
		v.Summary += " " + words.Count(n, "opportunity") + words.Choose(n, " has", " have") + " no amount and " + words.Choose(n, "adds", "add") + " nothing."
	}
	return v, nil
}

// sourcedCard says what marketing sourced, under the first definition that the data allows, and
// influenced.
func (r *reader) sourcedCard(ctx context.Context, kind string) (cardVariant, error) {
	where := r.where("source_group", "marketing", "channel", "(all)", "opportunity_type", kind)
	records, err := r.rows(ctx, "sourced_influenced", where)
	v := cardVariant{Dims: dims{"type": kind}, Command: command("sourced_influenced", where)}
	if err != nil || len(records) == 0 {
		v.Summary = "No opportunity of this type was sourced or influenced by the source group marketing."
		return v, err
	}
	text := map[string]string{
		"recorded_source": "Sourced: the CRM names marketing as the source.", "first_touch": "Sourced: the first touchpoint is marketing's.",
		"pre_creation": "Sourced: marketing had a touchpoint in the 90 days before the opportunity.",
	}
	for _, definition := range []string{"recorded_source", "first_touch", "pre_creation"} {
		if found := only(only(records, "figure", "sourced"), "definition", definition); len(found) > 0 {
			v.Lines = append(v.Lines, r.line("Sourced pipeline", found[0], "pipeline", ""), r.line("Sourced revenue", found[0], "revenue", ""))
			v.Summary = text[definition]
			break
		}
	}
	if found := only(records, "figure", "influenced"); len(found) > 0 {
		v.Lines = append(v.Lines, r.line("Influenced pipeline", found[0], "pipeline", ""), r.line("Influenced revenue", found[0], "revenue", ""))
		v.Summary = strings.TrimSpace(v.Summary + " Influenced: at least one touchpoint is marketing's. Both count full amounts, so they overlap with sales and partners.")
	}
	return v, nil
}

// creditedCard adds up the credit of the channels of the source group marketing. These are the
// channels that have influenced something: no other one has credit of an opportunity.
func (r *reader) creditedCard(ctx context.Context, kind string) (cardVariant, error) {
	v := cardVariant{Dims: dims{"type": kind}}
	influenced, err := r.rows(ctx, "sourced_influenced", r.where("figure", "influenced", "source_group", "marketing", "opportunity_type", kind))
	if err != nil {
		return v, err
	}
	marketing := slices.DeleteFunc(distinct(influenced, "channel"), func(channel string) bool { return channel == "(all)" })
	where := r.where("basis", "period", "model", r.primary, "opportunity_type", kind)
	v.Command = command("channel_performance", where, "channel", "pipeline", "revenue")
	all, err := r.rows(ctx, "channel_performance", where)
	if err != nil {
		return v, err
	}
	mine := slices.DeleteFunc(slices.Clone(all), func(rec record) bool { return !slices.Contains(marketing, rec.text("channel")) })
	if len(mine) == 0 {
		v.Summary = "No channel of the source group marketing has credit of this type."
		return v, nil
	}
	common, _ := split(all)
	for _, measure := range []string{"pipeline", "revenue"} {
		total := r.sum(mine, measure)
		of := ""
		if part := share(total, r.sum(all, measure)); part != "" {
			of = part + " of all"
		}
		v.Lines = append(v.Lines, cardLine{Label: present.Label(measure), Unit: of, Value: value{
			Text: present.Value(present.Money, total, r.decimals), Exact: total, Report: "channel_performance", Column: measure,
			Key: query(common), Sum: url.Values{"channel": marketing}.Encode(),
		}})
	}
	v.Summary = "The part of each amount that the " + present.Label(r.primary) + " model gives to marketing's touchpoints, and its share of the whole. Credit never overlaps."
	return v, nil
}

// costCard is what it cost: all cost of the company, whatever type of opportunity it was for.
func (r *reader) costCard(ctx context.Context) (card, error) {
	c := card{ID: "card-cost", Title: "Cost"}
	where := r.where("period_type", "all", "channel", "(all)")
	columns := []string{"cost", "new_customers", "cac", "provisional_cost"}
	records, err := r.rows(ctx, "customer_acquisition", where)
	v := cardVariant{Command: command("customer_acquisition", where, columns...)}
	switch {
	case err != nil:
		return c, err
	case len(records) == 0:
		v.Summary = "This run does not say what marketing cost."
	case records[0].number("cost") == nil || records[0].number("cost").Sign() == 0:
		v.Summary = "No cost is in the data, so there is no cost per lead and no return. Add a table `costs` to have them."
	default:
		rec := records[0]
		v.Lines = []cardLine{r.line("In the period", rec, "cost", "")}
		if rec.has("cac") {
			v.Lines = append(v.Lines, r.line("Per new customer", rec, "cac", ""))
		}
		v.Lines = append(v.Lines, r.line("New customers", rec, "new_customers", ""))
		company, err := r.rows(ctx, "channel_performance", r.where("basis", "period", "model", r.primary, "opportunity_type", "new_business"))
		if err != nil {
			return c, err
		}
		if len(company) > 0 && company[0].has("cost_per_lead_all") { // the same in every row
			v.Lines = append(v.Lines, r.line("Per lead", company[0], "cost_per_lead_all", ""))
		}
		v.Summary = "All cost of the period against the accounts that bought for the first time in it."
		if n := rec.number("provisional_cost"); n != nil && n.Sign() > 0 {
			v.Summary += " " + r.money(rec.text("provisional_cost")) + " of it is not final."
		}
	}
	c.Variants = []cardVariant{v}
	return c, nil
}

// reasons are the columns of reconciliation that say why credit has no touchpoint.
var reasons = []struct{ column, words string }{
	{"no_account", "no account on the opportunity"}, {"no_people", "no person is known"}, {"no_touches", "no touchpoint at all"},
	{"only_excluded", "only excluded touchpoints"}, {"after_conversion_only", "touchpoints only afterwards"}, {"outside_lookback", "touchpoints before the look-back"},
	{"before_last_win", "touchpoints before the last win"}, {"no_touch_in_scope", "no touchpoint in the model's scope"}, {"no_anchor", "no touchpoint at the model's anchor"},
}

// unattributedCard says what no touchpoint earned, and the greatest reason.
func (r *reader) unattributedCard(ctx context.Context, kind string) (cardVariant, error) {
	v := cardVariant{Dims: dims{"type": kind}, Command: command("reconciliation", r.where("opportunity_type", kind, "model", r.primary))}
	records, err := r.rows(ctx, "reconciliation", r.where("opportunity_type", kind, "model", r.primary))
	if err != nil || len(records) == 0 {
		v.Summary = "No opportunity of this type was created or won."
		return v, err
	}
	for _, conversion := range []string{"pipeline", "revenue"} {
		for _, rec := range only(records, "conversion_type", conversion) {
			unit := ""
			if part := share(rec.text("period_unattributed"), rec.text("period_total")); part != "" {
				unit = part + " of all"
			}
			v.Lines = append(v.Lines, r.line(present.Label(conversion), rec, "period_unattributed", unit))
			if text := r.why(rec); text != "" {
				v.Summary += present.Label(conversion) + ": " + text + ". "
			}
		}
	}
	if v.Summary == "" {
		v.Summary = "Touchpoints earned everything."
	}
	return v, nil
}

// why lists the reasons of unattributed conversions, the most frequent first.
func (r *reader) why(rec record) string {
	type count struct {
		n    float64
		text string
	}
	var counts []count
	for _, reason := range reasons {
		column := "period_" + reason.column + "_count"
		if n := rec.amount(column); n != 0 {
			counts = append(counts, count{n, r.show(rec, column) + " with " + reason.words})
		}
	}
	slices.SortStableFunc(counts, func(a, b count) int { return int(b.n*1e6) - int(a.n*1e6) })
	var text []string
	for _, c := range counts {
		text = append(text, c.text)
	}
	return strings.Join(text, ", ")
}
