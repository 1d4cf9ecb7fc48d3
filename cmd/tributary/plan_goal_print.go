package main

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/plan"
	"github.com/tributary-engine/tributary/internal/words"
)

// goalText is the arithmetic from the goal to the leads, or why there is none.
func goalText(p plan.Plan, decimals int) string {
	title := "plan"
	if p.Run != "" {
		title += " from run " + p.Run
	}
	t := newTable(title)
	row := func(name, value, how string) { t.AppendRow(table.Row{name, value, plain(how)}) }
	row("goal", planMoney(p.Goal, p.Currency, decimals), strings.TrimSuffix("by "+p.By, "by "))
	if p.AverageDeal.IsKnown() {
		row("average deal", planMoney(p.AverageDeal, p.Currency, decimals), dealSource(p))
	}
	if p.Customers != nil {
		row("customers", words.Number(*p.Customers), "goal / average deal, rounded up")
	}
	if p.Rate.IsKnown() {
		row("lead to customer", rateText(p), rateSource(p))
	}
	if p.Leads != nil {
		row("leads", words.Number(*p.Leads), leadsSource(p))
		switch {
		case p.Cost.IsKnown():
			row("cost", planMoney(p.Cost, p.Currency, decimals), "at "+planMoney(p.CostPerLead, p.Currency, decimals)+" per lead, as in the same months")
		case p.Cohort != nil:
			row("cost", "unknown", "no cost in the months of these leads")
		}
		if d := p.Deadline; d != nil {
			how := "the last lead must come by " + d.LastDay + ": half of the customers took at most " + words.Decimal(d.MedianDays.Rounded(1)) + " days from lead to win"
			if d.IsPast {
				how = "has passed: " + how
			}
			row("last week for leads", d.LastWeek, how)
		}
		if p.Planned.IsKnown() {
			row("planned leads", words.Decimal(p.Planned.Rounded(1)), plannedSource(p))
			row(gapName(p), strings.TrimPrefix(words.Decimal(p.Missing.Rounded(1)), "-"), "leads less planned leads")
		}
	}
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, Align: text.AlignRight}, {Number: 3, WidthMax: 80, WidthMaxEnforcer: text.WrapSoft}})
	lines := t.Render() + "\n"
	for _, reason := range append(append([]string{}, p.Reasons...), p.Notes...) {
		lines += plain(reason) + "\n"
	}
	return lines
}

func gapName(p plan.Plan) string {
	if p.Missing.Sign() < 0 {
		return "more than needed"
	}
	return "missing leads"
}

func plannedSource(p plan.Plan) string {
	if p.Planned.Sign() == 0 {
		return "no campaign with expected_leads and both dates has days after as-of that count"
	}
	if p.Deadline != nil {
		return "expected_leads of campaigns, of the days after as-of up to the week of " + p.Deadline.LastWeek
	}
	return "expected_leads of campaigns, of the days after as-of"
}

func dealSource(p plan.Plan) string {
	if p.AverageDealFrom == plan.FromFlag {
		return "--average-deal"
	}
	how := "mean of " + words.Count(*p.Deals, "deal") + " of new business won in the 365 days before as-of"
	if *p.DealsWithoutAmount > 0 {
		how += "; " + words.Number(*p.DealsWithoutAmount) + " without an amount left out"
	}
	return how
}

// rateText is the lead-to-customer rate as a percentage: as it was given, or of one decimal.
func rateText(p plan.Plan) string {
	if p.RateFrom == plan.FromFlag {
		return p.Rate.Times(100) + " %"
	}
	return p.Rate.Percent()
}

func rateSource(p plan.Plan) string {
	if p.RateFrom == plan.FromFlag {
		return "--lead-to-customer"
	}
	how := words.Count(p.Cohort.Customers, "customer") + " of " + words.Count(p.Cohort.Leads, "lead") + " from " + p.Cohort.Start + " to " + p.Cohort.End
	if p.RateLow.IsKnown() {
		how += "; 95 % interval " + p.RateLow.Percent() + " to " + p.RateHigh.Percent()
	}
	if p.SmallSample {
		how += "; a small sample: read the interval, not the rate"
	}
	return how
}

func leadsSource(p plan.Plan) string {
	how := "customers / lead to customer, rounded up"
	switch {
	case p.LeadsLow != nil && p.LeadsHigh != nil:
		how += "; " + words.Number(*p.LeadsLow) + " to " + words.Number(*p.LeadsHigh) + " in the interval of the rate"
	case p.LeadsLow != nil:
		how += "; at least " + words.Number(*p.LeadsLow) + " in the interval of the rate"
	}
	return how
}
