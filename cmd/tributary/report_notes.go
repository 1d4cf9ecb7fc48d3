package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// leftOut are the columns that the page has no room for, then those that the report does not show.
func (p *reportPage) leftOut(columns, shown []present.Column) (names []string) {
	names = present.Named(columns, shown)
	switch {
	case p.reader.isAsTheyAre():
		return nil
	case p.measure != "":
		for i, name := range names {
			names[i] = strings.TrimPrefix(name, p.measure+"_")
		}
		return names
	}
	for _, name := range p.header {
		isNamed := slices.Contains(names, name) || slices.ContainsFunc(shown, func(c present.Column) bool { return c.Name == name }) ||
			slices.ContainsFunc(p.reader.applied, func(c condition) bool { return c.column == name && c.operator == "=" })
		if !isNamed && !slices.Contains(contextColumns, name) && !slices.Contains(labels, name) && !slices.Contains(p.shows, name) {
			names = append(names, name)
		}
	}
	return names
}

// notes say below the table what it leaves out, and how to see it.
func (p *reportPage) notes(empty, leftOut []string) (notes []string) {
	r := p.reader
	if p.total > int64(len(p.rows)) {
		notes = append(notes, fmt.Sprintf("%s of %s (--limit).", words.Number(len(p.rows)), words.Count(p.total, "row")))
	}
	if sorted := strings.TrimPrefix(r.sort, "-"); sorted != "" && slices.Contains(empty, sorted) {
		notes = append(notes, "Not sorted: "+sorted+" is 0 or empty in these rows.")
	}
	if len(empty) > 0 {
		notes = append(notes, "0 or empty in every row: "+strings.Join(empty, ", ")+".")
	}
	if len(leftOut) > 0 {
		notes = append(notes, "Not shown: "+words.List(leftOut, 12)+".")
	}
	var defaults, ways []string
	for _, c := range r.applied {
		defaults = append(defaults, c.column+c.operator+oneLine(c.value))
	}
	if len(defaults) > 0 {
		notes = append(notes, "By default: "+strings.Join(defaults, ", ")+".")
		ways = append(ways, "--where COLUMN=VALUE chooses other rows")
	}
	if _, hasPeriods := r.column("period_type"); hasPeriods && slices.ContainsFunc(r.applied, func(c condition) bool { return c.column == "period_type" }) {
		ways = append(ways, "--by month shows months")
	}
	switch {
	case len(leftOut) > 0 && p.measure != "":
		ways = append(ways, "--models NAME,NAME other models")
	case len(leftOut) > 0:
		ways = append(ways, "--columns NAME,NAME other columns")
	}
	if len(ways) > 0 {
		notes = append(notes, strings.Join(ways, ", ")+"; --all shows everything.")
	}
	return notes
}

// addBars draws the values of a column as bars beside them, to the scale of the greatest. Sums over
// other rows have none.
func (p *reportPage) addBars(c *present.Column, i int) {
	cells := 10
	if p.width < 100 {
		cells = 6
	}
	fewest := math.MaxInt
	values, sums := make([]float64, len(p.rows)), make([]int, len(p.rows))
	for n, row := range p.rows {
		for _, cell := range row {
			if cell.Text == "(all)" {
				sums[n]++
			}
		}
		fewest = min(fewest, sums[n])
	}
	greatest, widest := 0.0, 0
	for n, row := range p.rows {
		if value, err := strconv.ParseFloat(row[i].Text, 64); err == nil && sums[n] == fewest {
			values[n] = value
			greatest = max(greatest, math.Abs(value))
		}
		widest = max(widest, text.StringWidth(c.Cells[n]))
	}
	for n := range c.Cells {
		bar := present.Bar(values[n], greatest, cells)
		c.Cells[n] = text.AlignRight.Apply(c.Cells[n], widest) + " " + text.AlignLeft.Apply(bar, cells)
	}
}

// writeMarkdown prints the page as a table in GitHub's Markdown, with every column that the report
// shows.
func (p *reportPage) writeMarkdown(said []string, columns []present.Column, notes []string, out io.Writer) error {
	page := &strings.Builder{}
	row := func(cell func(c present.Column) string) {
		for _, c := range columns {
			page.WriteString("| " + cell(c) + " ")
		}
		page.WriteString("|\n")
	}
	fmt.Fprintf(page, "**%s**\n\n", present.Markdown(strings.TrimSpace(p.title)))
	if len(said) > 0 {
		fmt.Fprintf(page, "%s\n\n", present.Markdown(strings.Join(said, " ")))
	}
	row(func(c present.Column) string { return present.Markdown(c.Heading) })
	row(func(c present.Column) string {
		if c.IsNumber {
			return "---:"
		}
		return "---"
	})
	for n := range p.rows {
		row(func(c present.Column) string { return present.Markdown(c.Cells[n]) })
	}
	for _, note := range notes {
		fmt.Fprintf(page, "\n%s\n", present.Markdown(note))
	}
	_, err := io.WriteString(out, page.String())
	return writing(err)
}
