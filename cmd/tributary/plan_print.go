package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/plan"
	"github.com/tributary-engine/tributary/internal/words"
)

// mostCauses is how many campaigns of a week the table of weeks names.
const mostCauses = 3

// printPlan writes a plan for a person: the goal, the stages, the channels, the weeks.
func printPlan(p plan.Plan, known plannedRun, weeks int, out io.Writer) error {
	for _, part := range []string{goalText(p, known.decimals), stagesText(p), channelsText(p, known.decimals), weeksText(p, weeks)} {
		if part == "" {
			continue
		}
		if _, err := fmt.Fprint(out, part); err != nil {
			return writing(err)
		}
	}
	return nil
}

// planMoney writes an amount with the decimals of the reporting currency; without a run, as it was
// given.
func planMoney(n plan.Number, currency string, decimals int) string {
	amount := n.Rounded(decimals)
	if currency == "" {
		return words.Decimal(n.Text())
	}
	return words.Decimal(amount) + " " + currency
}

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

// stagesText is what each stage needs.
func stagesText(p plan.Plan) string {
	if p.Leads == nil || len(p.Stages) == 0 {
		return ""
	}
	t := newTable("what each stage needs: leads x the conversion from lead to the stage, rounded up")
	t.AppendHeader(table.Row{"stage", "unit", "needed", "from lead", "95 % interval", "median days", ""})
	for _, s := range p.Stages {
		needed, note := "", s.Reason
		if s.Needed != nil {
			needed = words.Number(*s.Needed)
		}
		if s.SmallSample {
			note = "small sample"
		}
		t.AppendRow(table.Row{plain(s.Stage), s.Unit, needed, percent(s.Rate), interval(s.Low, s.High), decimalOf(s.MedianDays), reasonWords(note)})
	}
	t.SetColumnConfigs(rightFrom(3, 6))
	return t.Render() + "\n"
}

// channelsText is the split of the leads over the channels.
func channelsText(p plan.Plan, decimals int) string {
	if p.Leads == nil || len(p.Channels) == 0 {
		return ""
	}
	t := newTable("the leads by channel, as the cohorts were mixed, at each channel's own rates")
	header := table.Row{"channel", "share", "leads"}
	var between []string // stages of which a channel shows what it needs
	for i, s := range p.Stages {
		if i > 0 && i < len(p.Stages)-1 {
			header, between = append(header, plain(s.Stage)), append(between, s.Stage)
		}
	}
	t.AppendHeader(append(header, "customers", "lead to customer", "95 % interval", "average deal", "cost per lead", "cost", "planned", "missing"))
	for _, c := range p.Channels {
		row := table.Row{plain(c.Channel), percent(c.Share), words.Number(c.Leads)}
		for i := range between {
			cell := ""
			if i+1 < len(c.Stages) && c.Stages[i+1].Needed != nil {
				cell = words.Number(*c.Stages[i+1].Needed)
			}
			row = append(row, cell)
		}
		rate := percent(c.Rate)
		if c.SmallSample && rate != "" {
			rate += " *"
		}
		row = append(row, decimalOf(c.Customers), rate, interval(c.RateLow, c.RateHigh))
		for _, n := range []plan.Number{c.AverageDeal, c.CostPerLead, c.Cost} {
			cell := ""
			if n.IsKnown() {
				cell = words.Decimal(n.Rounded(decimals))
			}
			row = append(row, cell)
		}
		t.AppendRow(append(row, decimalOf(c.Planned), decimalOf(c.Missing)))
	}
	t.SetColumnConfigs(rightFrom(2, len(between)+11))
	lines := t.Render() + "\n"
	for _, c := range p.Channels {
		if c.SmallSample {
			return lines + "* fewer than 30 leads: read the interval, not the rate\n"
		}
	}
	return lines
}

// weeksText is what each week brings to sales, and which weeks are too full or empty.
func weeksText(p plan.Plan, most int) string {
	if len(p.Weeks) == 0 {
		return ""
	}
	t := newTable("leads handed over to sales by week, against the capacity of sales")
	t.AppendHeader(table.Row{"week of", "leads", "deliveries", "capacity", "overflow", "room", "", "campaigns"})
	shown := first(most, p.Weeks)
	for _, w := range shown {
		t.AppendRow(table.Row{w.Start, decimalOf(w.Leads), decimalOf(w.Deliveries), decimalOf(w.Capacity), decimalOf(w.Overflow), decimalOf(w.Room), weekWords[w.Status], causes(w)})
	}
	t.SetColumnConfigs(append(rightFrom(2, 6), table.ColumnConfig{Number: 8, WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}))
	lines := t.Render() + "\n"
	if left := len(p.Weeks) - len(shown); left > 0 {
		lines += words.Count(left, "further week") + " not shown (--weeks 0 shows all)\n"
	}
	return lines + weekSummary(p)
}

// weekWords are the states of a week as a person reads them.
var weekWords = map[string]string{
	"overflow": "overflow", "room": "room", "full": "full", "empty": "empty", "no_capacity": "no capacity given", "no_rate": "no rate",
}

// causes are the campaigns with the most deliveries of a week.
func causes(w plan.WeekPlan) string {
	var names []string
	for _, c := range plan.ByDeliveries(w.Campaigns) {
		if c.Deliveries.Sign() <= 0 {
			continue
		}
		name := c.Name
		if name == "" {
			name = c.ID
		}
		names = append(names, plain(name)+" "+decimalOf(c.Deliveries))
	}
	return words.List(names, mostCauses)
}

// weekSummary says which weeks overflow, by how much, and which are empty.
func weekSummary(p plan.Plan) string {
	var over, empty []string
	for _, w := range p.Weeks {
		switch w.Status {
		case "overflow":
			over = append(over, w.Start+" by "+decimalOf(w.Overflow))
		case "empty":
			empty = append(empty, w.Start)
		}
	}
	const most = 8
	lines := ""
	if len(over) > 0 {
		lines += words.Count(len(over), "week") + " " + words.Choose(len(over), "overflows", "overflow") + ": " + words.List(over, most) + " leads\n"
	}
	if len(empty) > 0 {
		lines += words.Count(len(empty), "week") + " " + words.Choose(len(empty), "is", "are") + " empty: " + words.List(empty, most) + "\n"
	}
	if p.Weeks[0].Status == "no_rate" {
		lines += "no deliveries: the rate or the time from lead to handover is not known (`tributary report plan_rates`)\n"
	}
	return lines
}

func percent(n plan.Number) string {
	if !n.IsKnown() {
		return ""
	}
	return n.Percent()
}

func interval(low, high plan.Number) string {
	if !low.IsKnown() || !high.IsKnown() {
		return ""
	}
	return low.Percent() + " to " + high.Percent()
}

// decimalOf is a number with one decimal.
func decimalOf(n plan.Number) string {
	if !n.IsKnown() {
		return ""
	}
	return words.Decimal(n.Rounded(1))
}

// reasonWords is a note of a stage as a person reads it.
func reasonWords(reason string) string { return strings.ReplaceAll(reason, "_", " ") }

// rightFrom aligns columns to the right.
func rightFrom(from, to int) (configs []table.ColumnConfig) {
	for n := from; n <= to; n++ {
		configs = append(configs, table.ColumnConfig{Number: n, Align: text.AlignRight})
	}
	return configs
}
