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
