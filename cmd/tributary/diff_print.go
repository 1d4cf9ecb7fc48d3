package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/tributary-engine/tributary/internal/difference"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// mostPlaces is how many channels and campaigns are printed; --json has all.
const mostPlaces = 10

// printDifference prints a comparison of two runs: what changed in the input, the figures as a
// bridge from the one run to the other, and the channels, campaigns and opportunities that changed
// most.
func printDifference(s difference.Summary, out io.Writer) error {
	page := &strings.Builder{}
	fmt.Fprintf(page, "From run %s (as of %s) to run %s (as of %s), model %s, amounts in %s\n", s.From.Run, moment(s.From.AsOf), s.To.Run, moment(s.To.AsOf), present.Label(s.Model), s.Currency)
	if s.IsEmpty() {
		page.WriteString("No figure differs.\n")
	}
	page.WriteString(changedInput(s))
	for _, opportunityType := range typesOf(s) {
		page.WriteString(bridgeText(s, opportunityType, "run "+s.From.Run, "run "+s.To.Run))
	}
	page.WriteString(placesText("Credit by channel, new business", s.Channels))
	page.WriteString(placesText("Credit by campaign, new business", s.Campaigns))
	page.WriteString(changedOpportunities(s))
	if !s.IsEmpty() && len(s.Channels)+len(s.Campaigns)+len(s.Opportunities) == 0 {
		page.WriteString("Credit of people, or cost, moved between channels or campaigns; --format csv lists every change.\n")
	}
	_, err := io.WriteString(out, page.String())
	return writing(err)
}

// changedInput lists what each cause changed in the input.
func changedInput(s difference.Summary) string {
	text := &strings.Builder{}
	for _, c := range s.Causes {
		var parts []string
		for _, m := range c.Tables {
			if m.Rows == 0 {
				parts = append(parts, m.Table)
				continue
			}
			parts = append(parts, words.Count(m.Rows, "row")+" of "+m.Table)
		}
		for i, set := range c.Settings {
			if i == mostPlaces {
				parts = append(parts, fmt.Sprintf("and %d more settings", len(c.Settings)-i))
				break
			}
			parts = append(parts, set.Key+" "+arrow(set.Before, set.After))
		}
		if c.Cause == difference.AsOf.String() {
			parts = append(parts, arrow(moment(s.From.AsOf), moment(s.To.AsOf)))
		}
		if c.Cause == difference.Version.String() {
			parts = append(parts, arrow(s.From.Program, s.To.Program))
		}
		if c.ShownWith != "" {
			parts = append(parts, "its effect is shown under "+labelOf(s, c.ShownWith)+", because the input between them cannot be credited: "+strings.SplitN(c.Why, "\n", 2)[0])
		}
		fmt.Fprintf(text, "  %s: %s\n", c.Label, plain(strings.Join(parts, ", ")))
	}
	if text.Len() == 0 {
		return "The input and the configuration are the same.\n"
	}
	return "What changed in the input\n" + text.String()
}

func arrow(before, after string) string {
	empty := func(text string) string {
		if text == "" {
			return "(empty)"
		}
		return text
	}
	return empty(before) + " -> " + empty(after)
}

func labelOf(s difference.Summary, cause string) string {
	for _, c := range s.Causes {
		if c.Cause == cause {
			return c.Label
		}
	}
	return difference.Unexplained.Label()
}

// typesOf are the opportunity types of which a figure changed.
func typesOf(s difference.Summary) []string {
	var types []string
	for _, t := range s.Totals {
		if len(t.Changes) > 0 && (len(types) == 0 || types[len(types)-1] != t.OpportunityType) {
			types = append(types, t.OpportunityType)
		}
	}
	return types
}

// bridgeText is a table from the one run to the other, with a row for each cause and a column for
// each figure that changed.
func bridgeText(s difference.Summary, opportunityType, from, to string) string {
	var figures []difference.Total
	for _, t := range s.Totals {
		if t.OpportunityType == opportunityType && len(t.Changes) > 0 {
			figures = append(figures, t)
		}
	}
	t := newTable(strings.ReplaceAll(opportunityType, "_", " "))
	header, before, after := table.Row{""}, table.Row{from}, table.Row{to}
	var right []int
	for i, f := range figures {
		header, before, after = append(header, present.Label(f.Figure)), append(before, shortened(string(f.Before))), append(after, shortened(string(f.After)))
		right = append(right, i+2)
	}
	t.AppendHeader(header)
	t.AppendRow(before)
	for _, cause := range difference.Causes() {
		row, isThere := table.Row{cause.Label()}, false
		for _, f := range figures {
			amount := amountOf(f.Changes, cause)
			row, isThere = append(row, signed(amount)), isThere || amount != ""
		}
		if isThere {
			t.AppendRow(row)
		}
	}
	t.AppendRow(after)
	toTheRight(t, right...)
	return t.Render() + "\n"
}

func amountOf(changes []difference.CauseAmount, cause difference.Cause) json.Number {
	for _, c := range changes {
		if c.Cause == cause.String() {
			return c.Amount
		}
	}
	return ""
}

// signed is a change with its sign; empty without one.
func signed(amount json.Number) string {
	if amount == "" {
		return ""
	}
	if text := shortened(string(amount)); strings.HasPrefix(text, "-") {
		return text
	} else {
		return "+" + text
	}
}

// placesText is the credit of the channels or campaigns that changed most.
func placesText(title string, places []difference.Channel) string {
	if len(places) == 0 {
		return ""
	}
	t := newTable(title)
	t.AppendHeader(table.Row{"", "of", "before", "change", "after", "because of"})
	toTheRight(t, 3, 4, 5)
	perType := map[string]int{}
	left := 0
	for _, p := range places {
		if perType[p.ConversionType]++; perType[p.ConversionType] > mostPlaces {
			left++
			continue
		}
		t.AppendRow(table.Row{placeName(p), present.Word("", "conversion_type", p.ConversionType), shortened(string(p.Before)), signed(p.Change), shortened(string(p.After)), mainCauses(p.Changes)})
	}
	text := t.Render() + "\n"
	if left > 0 {
		text += fmt.Sprintf("%s not shown; --json has all\n", words.Count(left, "row"))
	}
	return text
}

// mostParts is how many causes of a change are printed.
const mostParts = 2

// mainCauses are the causes with the greatest parts of a change.
func mainCauses(changes []difference.CauseAmount) string {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b difference.CauseAmount) int { return size(b).Cmp(size(a)) })
	var parts []string
	for _, c := range sorted[:min(mostParts, len(sorted))] {
		parts = append(parts, strings.ReplaceAll(c.Cause, "_", " ")+" "+signed(c.Amount))
	}
	if more := len(sorted) - mostParts; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, ", ")
}

func size(c difference.CauseAmount) *big.Rat {
	amount, _ := new(big.Rat).SetString(string(c.Amount))
	return amount.Abs(amount)
}

// changedOpportunities lists the opportunities that changed most, and what changed of them.
func changedOpportunities(s difference.Summary) string {
	if len(s.Opportunities) == 0 {
		return ""
	}
	t := newTable("Opportunities that changed most")
	t.AppendHeader(table.Row{"opportunity", "name", "revenue", "pipeline", "credit moved", "because of", "what changed"})
	toTheRight(t, 3, 4, 5)
	for _, o := range s.Opportunities {
		var what []string
		for _, c := range o.Columns {
			what = append(what, c.Key+" "+arrow(c.Before, c.After))
		}
		if o.NewTouches > 0 {
			what = append(what, words.Count(o.NewTouches, "new touchpoint")+" in its journey")
		}
		if o.GoneTouches > 0 {
			what = append(what, words.Count(o.GoneTouches, "touchpoint")+" no longer in its journey")
		}
		t.AppendRow(table.Row{plain(o.OpportunityID), oneLine(o.Name), fromTo(o.Revenue), fromTo(o.Pipeline), shortened(string(o.Moved)),
			strings.ReplaceAll(strings.Join(o.Causes, ", "), "_", " "), plain(strings.Join(what, "\n"))})
	}
	text := t.Render() + "\n"
	if s.More > 0 {
		text += fmt.Sprintf("%s changed; raise --limit, or use --format csv\n", words.Count(s.More, "more opportunity"))
	}
	return text
}

// shortened is an amount with thousands separators and, like money, at most two decimals; --json has
// the exact one.
func shortened(amount string) string {
	if _, decimals, _ := strings.Cut(amount, "."); len(decimals) > 2 {
		return present.Value(present.Money, amount, 2)
	}
	return words.Decimal(amount)
}

// moment is an instant of the manifest to the minute.
func moment(instant string) string { return present.Value(present.Moment, instant, 0) + " UTC" }

// fromTo is an amount where it is the same in both runs, else both.
func fromTo(amounts [2]json.Number) string {
	if amounts[0] == amounts[1] {
		return shortened(string(amounts[0]))
	}
	return shortened(string(amounts[0])) + " -> " + shortened(string(amounts[1]))
}
