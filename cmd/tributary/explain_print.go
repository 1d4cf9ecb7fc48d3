package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/explain"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/models"
)

const instant = "2006-01-02 15:04:05.999999"

// printExplanation writes an explanation for a person: per conversion what was considered, then
// weight and credit by model.
func printExplanation(e explain.Explanation, out io.Writer) error {
	for _, c := range e.Conversions {
		if err := printConversion(c, out, e); err != nil {
			return writing(err)
		}
	}
	return nil
}

func printConversion(c explain.Conversion, out io.Writer, e explain.Explanation) error {
	value, created := "no amount", ""
	switch {
	case c.ValueMinor != nil:
		value = words.Decimal(money(*c.ValueMinor, c.Currency)) + " " + c.Currency
	case e.PersonID != "":
		value = "one unit"
	}
	if c.CreatedAt != nil {
		created = "created " + c.CreatedAt.Format(instant) + ", "
	}
	if _, err := fmt.Fprintf(out, "%s of %s (%s), run %s: %s\n  %sconverted %s, look-back window from %s (UTC)\n", c.Type, plain(e.OpportunityID+e.PersonID), present.Word("", "opportunity_type", c.OpportunityType), e.Run, value,
		created, c.ConvertedAt.Format(instant), c.LookbackFrom.Format(instant)); err != nil {
		return err
	}
	var lines []string
	if c.LastWinAt != nil {
		lines = append(lines, "only touchpoints after the last win of the account, "+c.LastWinAt.Format(instant))
	}
	switch {
	case !c.IsCounted:
		lines = append(lines, "not counted: it is after as-of")
	case c.Reason != "":
		lines = append(lines, "unattributed under every model: "+strings.ReplaceAll(c.Reason, "_", " "))
	case e.PersonID != "":
		lines = append(lines, "the person's own touchpoints")
	default:
		lines = append(lines, "buying group: path "+strings.ReplaceAll(c.Path, "_", " "))
	}
	if c.JourneyOf != "" {
		lines = append(lines, "a reversal: it uses the journey of "+plain(c.JourneyOf))
	}
	if len(c.Considered) == 0 {
		lines = append(lines, "no touchpoint was considered")
	}
	if _, err := fmt.Fprintln(out, "  "+strings.Join(lines, "\n  ")); err != nil {
		return err
	}
	for _, t := range []table.Writer{consideredTable(c), modelsTable(c)} {
		if t == nil {
			continue
		}
		if _, err := fmt.Fprintln(out, t.Render()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(out)
	return err
}

func consideredTable(c explain.Conversion) table.Writer {
	if len(c.Considered) == 0 {
		return nil
	}
	t := newTable("touchpoints considered")
	t.AppendHeader(table.Row{"#", "touchpoint", "occurred (UTC)", "channel", "campaign", "person", "named by", "in the group by", "anchors", "why"})
	for _, x := range c.Considered {
		number := ""
		if x.Number > 0 {
			number = fmt.Sprint(x.Number)
		}
		t.AppendRow(table.Row{number, plain(x.TouchID), x.OccurredAt.Format(instant), plain(x.Channel), plain(x.CampaignID), plain(x.PersonID), x.NamedBy, x.MatchMethod, strings.Join(x.Anchors, " "), plain(x.Why)})
	}
	return t
}

// mostColumns is how many touches fit side by side.
const mostColumns = 8

// longestShare is how long a weight over its total may be; where it is longer, a percentage is
// easier to read.
const longestShare = 11

// modelsTable has a row for each model and a column for each touch of the journey: weight over
// total, and credit. A longer journey has a row for each touch and a column for each model.
func modelsTable(c explain.Conversion) table.Writer {
	if len(c.Models) == 0 {
		return nil
	}
	if len(c.Models[0].Weights) > mostColumns {
		return touchesTable(c)
	}
	t := newTable("weight and credit of each touchpoint (--json has the exact weights)")
	header := table.Row{"model", "weights and anchors"}
	var configs []table.ColumnConfig
	for i := range c.Models[0].Weights {
		header = append(header, fmt.Sprintf("#%d", i+1))
		configs = append(configs, table.ColumnConfig{Number: i + 3, Align: text.AlignRight})
	}
	header = append(header, "no anchor")
	hasScope := slices.ContainsFunc(c.Models, func(m explain.ModelCredit) bool { return m.IsScoped })
	if hasScope {
		header = append(header, "no touchpoint in scope")
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, m := range c.Models {
		row, total := table.Row{models.Label(m.Model), m.Doc}, uint64(0)
		for _, w := range m.Weights {
			total += w
		}
		for i, w := range m.Weights {
			cell := part(w, total) + "  " + creditOf(c, m, i)
			if total == 0 || slices.Contains(m.Unseen, i+1) {
				cell = ""
			}
			row = append(row, cell)
		}
		row = append(row, wholeIf(m.NoAnchor, c))
		if hasScope {
			row = append(row, wholeIf(m.OutOfScope, c))
		}
		t.AppendRow(row)
	}
	return t
}

// wholeIf is what the conversion is worth, if it goes to this reason.
func wholeIf(isLeft bool, c explain.Conversion) string {
	if !isLeft {
		return ""
	}
	return wholeOf(c)
}

// part prints a weight as a part of the total.
func part(weight, total uint64) string {
	if exact := fmt.Sprintf("%d/%d", weight, total); len(exact) <= longestShare {
		return exact
	}
	return fmt.Sprintf("%.1f %%", 100*float64(weight)/float64(total))
}

func touchesTable(c explain.Conversion) table.Writer {
	t := newTable("credit of each touchpoint (--json has the weights)")
	header, noAnchor, outOfScope := table.Row{"#"}, table.Row{"no anchor"}, table.Row{"no touchpoint in scope"}
	hasScope := false
	var configs []table.ColumnConfig
	for i, m := range c.Models {
		header = append(header, models.Label(m.Model))
		configs = append(configs, table.ColumnConfig{Number: i + 2, Align: text.AlignRight})
		noAnchor, outOfScope = append(noAnchor, wholeIf(m.NoAnchor, c)), append(outOfScope, wholeIf(m.OutOfScope, c))
		hasScope = hasScope || m.IsScoped
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for i := range c.Models[0].Weights {
		row := table.Row{fmt.Sprint(i + 1)}
		for _, m := range c.Models {
			row = append(row, creditOf(c, m, i))
		}
		t.AppendRow(row)
	}
	t.AppendRow(noAnchor)
	if hasScope {
		t.AppendRow(outOfScope)
	}
	return t
}

// credit is what a touch earns under a model: money or, where there is none, the share of the unit.
func creditOf(c explain.Conversion, m explain.ModelCredit, touch int) string {
	switch {
	case m.NoAnchor || m.OutOfScope || slices.Contains(m.Unseen, touch+1):
		return ""
	case c.ValueMinor != nil:
		return words.Decimal(money(m.Minor[touch], c.Currency))
	}
	return units(m.Millionths[touch])
}

// whole is what the conversion is worth.
func wholeOf(c explain.Conversion) string {
	if c.ValueMinor != nil {
		return words.Decimal(money(*c.ValueMinor, c.Currency))
	}
	return units(c.Units())
}

// units prints millionths of a conversion.
func units(millionths int64) string {
	return fmt.Sprintf("%d.%06d", millionths/1_000_000, millionths%1_000_000)
}

// money prints minor units as a decimal.
func money(minor int64, currency string) string {
	exponent, _ := contract.Exponent(currency)
	sign, magnitude := "", uint64(minor)
	if minor < 0 {
		sign, magnitude = "-", -magnitude
	}
	digits := fmt.Sprintf("%0*d", exponent+1, magnitude)
	if exponent == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-exponent] + "." + digits[len(digits)-exponent:]
}
