package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/compare"
	"github.com/tributary-engine/tributary/internal/words"
)

// A comparisonPage is a result as it is printed for a person.
type comparisonPage struct {
	compare.Result
	width, limit int
	wide         bool
	names        map[string]string // of values
	labels       map[string]string // of models
}

func newComparisonPage(result compare.Result, width, limit int, wide bool) comparisonPage {
	p := comparisonPage{Result: result, width: width, limit: limit, wide: wide, names: map[string]string{}, labels: map[string]string{}}
	named := map[string]int{}
	for _, row := range result.Rows {
		named[row.Name]++
	}
	for _, row := range append(result.Rows, result.Total) {
		p.names[row.Value] = oneLine(row.Value)
		switch {
		case row.Name != "" && named[row.Name] == 1:
			p.names[row.Value] = oneLine(row.Name)
		case row.Name != "":
			p.names[row.Value] = oneLine(row.Name + " (" + row.Value + ")")
		}
	}
	p.names[result.Total.Value] = "total"
	for _, m := range result.Models {
		p.labels[m.Name] = m.Label
	}
	return p
}

// print writes what does not depend on the model, what does, and then every row.
func (p comparisonPage) print(out io.Writer) error {
	parts := []string{p.heading()}
	if len(p.Rows) == 0 {
		parts = append(parts, "No rows: nothing was credited.\n")
	} else {
		parts = append(parts, p.best(), p.depends(), p.modelsTable())
		if p.Before != nil {
			parts = append(parts, p.changesTable("the period before", *p.Before, func(r compare.Row) []compare.Change { return r.Before }))
		}
		if p.YearAgo != nil {
			parts = append(parts, p.changesTable("a year ago", *p.YearAgo, func(r compare.Row) []compare.Change { return r.YearAgo }))
		}
		if p.IsRatio && p.hasSmallSample() {
			parts = append(parts, wrapped("* n, the number of credited conversions, is below 30: a few more or fewer would change the figure.", p.width))
		}
	}
	for _, note := range p.Notes {
		parts = append(parts, folded(plain(note), p.width)+"\n")
	}
	parts = append(parts, p.hint())
	_, err := io.WriteString(out, strings.Join(parts, ""))
	return writing(err)
}

// heading says what is compared.
func (p comparisonPage) heading() string {
	title := capital(p.Label) + " by " + p.One
	if p.Unit == "money" || p.Unit == "cost" {
		title += ", " + p.Currency
	}
	title += ", " + strings.ReplaceAll(p.OpportunityType, "_", " ") + ", " + words.Count(len(p.Models), "model")
	when := "Whole reporting period"
	switch c := p.Period; {
	case c.Days > 0:
		when = periodWords(c)
	case c.Start != "" && c.End != "":
		when += ", " + c.Start + " to " + c.End
	case c.Start != "":
		when += ", from " + c.Start
	case c.End != "":
		when += ", up to " + c.End
	}
	return title + "\n" + when + "; basis " + p.Basis + "; run " + p.Run + ", as of " + p.AsOf + "\n\n"
}

// periodWords is the label of a period with its days.
func periodWords(c compare.Period) string {
	days := c.Start + " to " + c.End
	if c.Until != "" {
		days = c.Start + " to " + c.Until + " (the period ends on " + c.End + ")"
	}
	if strings.Contains(c.Label, "..") {
		return days
	}
	return c.Label + ", " + days
}

// ranked is the number of values that have a place.
func (p comparisonPage) ranked() (n int) {
	for _, row := range p.Rows {
		if row.BestRank > 0 && row.HasAmount {
			n++
		}
	}
	return n
}

func (p comparisonPage) row(value string) compare.Row {
	for _, row := range p.Rows {
		if row.Value == value {
			return row
		}
	}
	return compare.Row{}
}

// underAll is how many models there are, for a sentence.
func (p comparisonPage) underAll() string {
	switch n := len(p.Models); n {
	case 1:
		return "under the one model"
	case 2:
		return "under both models"
	default:
		return fmt.Sprintf("under all %d models", n)
	}
}

// counted is "3 of 6 campaigns".
func (p comparisonPage) counted(n int) string {
	return fmt.Sprintf("%s of %s", words.Number(n), words.Number(p.ranked())) + " " + words.Choose(p.ranked(), p.One, p.Many)
}

// best is the section of what is among the best under every model.
func (p comparisonPage) best() string {
	lines := "BEST UNDER EVERY MODEL\n"
	amongBest := fmt.Sprintf("among the best %d", p.Top)
	if p.Top == 1 {
		amongBest = "the best"
	}
	if len(p.Best) == 0 {
		return lines + wrapped("No "+p.One+" is "+amongBest+" "+p.underAll()+".", p.width) + "\n"
	}
	lines += wrapped(p.counted(len(p.Best))+" "+words.Choose(len(p.Best), "is ", "are ")+amongBest+" "+p.underAll()+p.direction()+".", p.width)
	return lines + p.listed(p.Best, len(p.Best), func(row compare.Row) string {
		if row.Spread.Sign() == 0 {
			return p.figure(row.Lowest) + p.markOf(row)
		}
		return p.figure(row.Lowest) + " to " + p.figure(row.Highest) + p.markOf(row)
	}) + "\n"
}

// direction says what is the best, where it is not the most.
func (p comparisonPage) direction() string {
	if p.LessIsMore {
		return "; the lowest " + p.Label + " is the best"
	}
	return ""
}

// mostDepending is how many values the section of what depends on the model lists.
const mostDepending = 10

// depends is the section of what changes place with the model.
func (p comparisonPage) depends() string {
	lines := "DEPENDS ON THE MODEL\n"
	if len(p.Depends) == 0 {
		return lines + wrapped("No "+p.One+" changes place with the model.", p.width) + "\n"
	}
	lines += wrapped(p.counted(len(p.Depends))+" "+words.Choose(len(p.Depends), "changes", "change")+" place with the model; the widest spread of "+p.Label+" first. "+p.firsts(), p.width)
	lines += p.listed(p.Depends, mostDepending, func(row compare.Row) string {
		if row.Spread.Sign() == 0 {
			return p.figure(row.Highest) + ", while others change" + p.withoutFigure(row) + p.markOf(row)
		}
		return p.figure(row.Highest) + " under " + p.labels[row.HighestModel] + ", " + p.figure(row.Lowest) + " under " + p.labels[row.LowestModel] + p.withoutFigure(row) + p.markOf(row)
	})
	return lines + "\n"
}

// withoutFigure says under how many models a row has no figure, such as a cost per lead without leads.
func (p comparisonPage) withoutFigure(row compare.Row) string {
	if row.Missing == 0 {
		return ""
	}
	return ", none under " + words.Number(row.Missing)
}

// firsts says which values have the first place, each under how many models.
func (p comparisonPage) firsts() string {
	var parts []string
	for _, row := range p.Rows {
		n := 0
		for _, f := range row.Figures {
			if f.Rank == 1 && row.HasAmount {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, p.names[row.Value]+" under "+words.Number(n))
		}
	}
	if len(parts) < 2 {
		return ""
	}
	return "First place: " + words.List(parts, 4) + "."
}

// listed writes the first values of a list: name, places, and what else there is to say, in one line
// if all of them fit, else in two.
func (p comparisonPage) listed(values []string, most int, say func(compare.Row) string) string {
	shown := first(most, values)
	nameWidth, placesWidth := 0, 0
	for _, value := range shown {
		nameWidth = max(nameWidth, text.StringWidth(p.names[value]))
		placesWidth = max(placesWidth, len(places(p.row(value))))
	}
	inOne, inTwo := "", ""
	for _, value := range shown {
		row := p.row(value)
		name, place := "  "+p.names[value], "  place "+places(row)
		inOne += text.Pad(name, nameWidth+2, ' ') + text.Pad(place, placesWidth+8, ' ') + "  " + say(row) + "\n"
		inTwo += name + place + "\n      " + say(row) + "\n"
	}
	lines := inOne
	if !fits(inOne, p.width) {
		lines = inTwo
	}
	if left := len(values) - len(shown); left > 0 {
		lines += "  and " + words.Number(left) + " more (in the table below, and in --json)\n"
	}
	return lines
}

// hint says where the rest is.
func (p comparisonPage) hint() string {
	if p.wide || len(p.Rows) == 0 || fits(p.allModels(), p.width) {
		return ""
	}
	return "--wide, --json and --format csv have every model.\n"
}

// wrapped is a paragraph.
func wrapped(sentence string, width int) string {
	return folded(strings.TrimSpace(sentence), width) + "\n"
}

// capital is a text with a capital letter at its beginning.
func capital(sentence string) string { return strings.ToUpper(sentence[:1]) + sentence[1:] }
