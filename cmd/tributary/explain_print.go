package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/explain"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
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
	if _, err := fmt.Fprintf(out, "%s of %s (%s), run %s: %s\n  %sconverted %s,\n  look-back window from %s (UTC)\n", c.Type, plain(e.OpportunityID+e.PersonID), present.Word("", "opportunity_type", c.OpportunityType), e.Run, value,
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
	width := pageWidth(out)
	text := consideredText(c, width)
	if t := modelsTable(c); t != nil {
		text += "\n" + t.drawAll(width) + modelsText(c, width)
	}
	_, err := fmt.Fprintln(out, text)
	return err
}

// consideredText is the table of the touchpoints that were considered: the page has room for the
// first columns at least, and a note names the others.
func consideredText(c explain.Conversion, width int) string {
	if len(c.Considered) == 0 {
		return ""
	}
	t := fittedTable{title: "touchpoints considered", columns: []present.Column{numberColumn("#"), keyColumn("touchpoint"), keyColumn("occurred (UTC)"), keyColumn("channel"), keyColumn("why"),
		textColumn("anchors"), textColumn("campaign"), textColumn("person"), textColumn("named by"), textColumn("in the group by")}}
	t.columns[0].IsKey, t.columns[1].IsWhole, t.columns[2].IsWhole, t.columns[4].IsWhole = true, true, true, true
	for _, x := range c.Considered {
		number := ""
		if x.Number > 0 {
			number = fmt.Sprint(x.Number)
		}
		t.add(number, plain(x.TouchID), x.OccurredAt.Format(time.DateTime), plain(x.Channel), plain(x.Why), strings.Join(x.Anchors, " "), plain(x.CampaignID), plain(x.PersonID), x.NamedBy, x.MatchMethod)
	}
	text, left := t.draw(width)
	if len(left) > 0 {
		text += "\n" + paragraph("Not shown for lack of room: "+strings.Join(left, ", ")+" (--json has everything).", width)
	}
	return "\n" + text
}

// mostColumns is how many touches fit side by side.
const mostColumns = 8

// longestShare is how long a weight over its total may be; where it is longer, a percentage is
// easier to read.
const longestShare = 11

// modelsTable has a row for each model and a column for each touch of the journey: weight over
// total, and credit. A longer journey has a row for each touch and a column for each model.
func modelsTable(c explain.Conversion) *fittedTable {
	if len(c.Models) == 0 {
		return nil
	}
	if len(c.Models[0].Weights) > mostColumns {
		return touchesTable(c)
	}
	t := &fittedTable{title: "weight and credit of each touchpoint (--json has the exact weights)", columns: []present.Column{keyColumn("model")}}
	for i := range c.Models[0].Weights {
		t.columns = append(t.columns, numberColumn(fmt.Sprintf("#%d", i+1)))
	}
	t.columns = append(t.columns, numberColumn("no anchor"))
	hasScope := slices.ContainsFunc(c.Models, func(m explain.ModelCredit) bool { return m.IsScoped })
	if hasScope {
		t.columns = append(t.columns, numberColumn("no touchpoint in scope"))
	}
	for _, m := range c.Models {
		row, total := []string{present.Label(m.Model)}, uint64(0)
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
		t.add(row...)
	}
	return t
}

// modelsText says how each model shares credit.
func modelsText(c explain.Conversion, width int) string {
	text := "\nweights and anchors\n\n"
	for _, m := range c.Models {
		text += paragraph(present.Label(m.Model)+": "+m.Doc, width)
	}
	return text
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

func touchesTable(c explain.Conversion) *fittedTable {
	t := &fittedTable{title: "credit of each touchpoint (--json has the weights)", columns: []present.Column{keyColumn("#")}}
	noAnchor, outOfScope := []string{"no anchor"}, []string{"no touchpoint in scope"}
	hasScope := false
	for _, m := range c.Models {
		t.columns = append(t.columns, numberColumn(present.Label(m.Model)))
		noAnchor, outOfScope = append(noAnchor, wholeIf(m.NoAnchor, c)), append(outOfScope, wholeIf(m.OutOfScope, c))
		hasScope = hasScope || m.IsScoped
	}
	for i := range c.Models[0].Weights {
		row := []string{fmt.Sprint(i + 1)}
		for _, m := range c.Models {
			row = append(row, creditOf(c, m, i))
		}
		t.add(row...)
	}
	t.add(noAnchor...)
	if hasScope {
		t.add(outOfScope...)
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
