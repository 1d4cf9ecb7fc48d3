package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/reports"
)

// A reportPage is rows of a report as a person reads them.
type reportPage struct {
	reader   *reportReader
	title    string
	header   []string
	rows     [][]reports.Cell
	total    int64 // rows before --limit
	width    int
	shows    []string
	bar      string
	describe func(name string) (column reports.Column, heading string)
	measure  string // with it, the models stand side by side
	decimals int    // of money
}

// page is the page of an answer, as the report declares its view.
func (r *reportReader) page(header []string, rows [][]reports.Cell, total int64, width int) *reportPage {
	p := &reportPage{reader: r, title: present.Label(r.report.Name), header: header, rows: rows, total: total, width: width,
		shows: r.report.View.Shows, bar: r.report.View.Bar, describe: r.describe, decimals: 2}
	if r.isAsTheyAre() {
		p.shows = header
	}
	return p
}

// isAsTheyAre reports whether every column of the answer is shown, under its own name.
func (r *reportReader) isAsTheyAre() bool { return r.isAll || len(r.reportView.columns) > 0 }

// describe is a column as the report describes it, and its heading.
func (r *reportReader) describe(name string) (reports.Column, string) {
	c, _ := r.report.Column(name)
	return c, present.Heading(name, c.Unit)
}

// count is the number of rows of a query.
func (r *reportReader) count(ctx context.Context, query string) (rows int64, err error) {
	err = r.eng.Row(ctx, "SELECT COUNT(*) FROM ("+query+")", nil, &rows)
	return rows, err
}

// write prints the page as a table, or in Markdown.
func (p *reportPage) write(ctx context.Context, out io.Writer) error {
	for i, name := range p.header {
		if c, _ := p.describe(name); c.Unit == "money" && len(p.rows) > 0 && !p.rows[0][i].IsText {
			if exact := slices.IndexFunc(p.rows, func(row []reports.Cell) bool { return !row[i].IsNull }); exact >= 0 {
				_, fraction, _ := strings.Cut(p.rows[exact][i].Text, ".")
				p.decimals = len(fraction)
				break
			}
		}
	}
	names, err := p.readNames(ctx)
	if err != nil {
		return err
	}
	said, empty, columns := p.sort(names)
	if p.reader.format == "markdown" {
		return p.writeMarkdown(said, columns, p.notes(empty, p.leftOut(columns, columns)), out)
	}
	width := p.width
	if p.reader.isAll {
		width = 1 << 20
	}
	shown, widths := present.Fit(columns, width)
	text := p.title + "\n" + paragraph(strings.Join(said, " "), p.width) + "\n" + strings.Join(present.Lines(shown, widths), "\n") + "\n"
	if notes := p.notes(empty, p.leftOut(columns, shown)); len(notes) > 0 {
		text += "\n"
		for _, note := range notes {
			text += paragraph(note, p.width)
		}
	}
	_, err = io.WriteString(out, text)
	return writing(err)
}

// contextColumns are the columns that say what a report is about. They are not shown, but said
// above the table, if they are the same in every row.
var contextColumns = []string{"basis", "period_type", "period_start", "period_end", "opportunity_type", "model", "currency"}

// sort decides what becomes of each column: a value that is the same in every row is printed in a
// sentence, what is empty or 0 in every row is only named, and the others are columns of the table.
func (p *reportPage) sort(names map[string]map[string]string) (said, empty []string, columns []present.Column) {
	r := p.reader
	isDefault := func(name string) bool {
		return slices.ContainsFunc(r.applied, func(c condition) bool { return c.column == name && c.operator == "=" })
	}
	isSaid := map[string]bool{}
	for i, name := range p.header {
		isContext := slices.Contains(contextColumns, name) || isDefault(name)
		isShown := slices.Contains(p.shows, name)
		switch {
		case r.isAsTheyAre() || p.isModel(name) || !isContext && !isShown || !same(p.rows, i):
		case (!p.rows[0][i].IsText || p.rows[0][i].Text == "") && strings.Trim(p.rows[0][i].Text, "0.") == "":
			isSaid[name] = true
			if !isContext && p.kind(i) != present.Flag {
				empty = append(empty, name)
			}
		case isContext || len(p.rows) > 1 && !p.kind(i).IsNumeric():
			isSaid[name] = true
			said = append(said, p.sentence(i, names)...)
		}
	}
	for _, name := range p.shows {
		i := slices.Index(p.header, name)
		if i < 0 || isSaid[name] {
			continue
		}
		columns = append(columns, p.columnOf(i, names[name]))
	}
	for i, name := range p.header { // a context that differs tells rows apart
		if slices.Contains(contextColumns, name) && !isSaid[name] && !slices.Contains(p.shows, name) && slices.Contains(r.report.Grain, name) && !p.isSpelledOut(name) {
			columns = slices.Insert(columns, 0, p.columnOf(i, nil))
		}
	}
	return said, empty, columns
}

// isModel reports whether a column is the measure under a model, beside other models.
func (p *reportPage) isModel(name string) bool {
	return p.measure != "" && !slices.Contains(p.reader.keys(), name)
}

// isSpelledOut reports whether the label of the period stands for the column.
func (p *reportPage) isSpelledOut(name string) bool {
	return strings.HasPrefix(name, "period_") && slices.Contains(p.shows, "period_label")
}

// sentence says what a column is in every row.
func (p *reportPage) sentence(i int, names map[string]map[string]string) []string {
	name, value := p.header[i], p.rows[0][i].Text
	_, heading := p.describe(name)
	switch name {
	case "period_type", "period_label":
		if value == "all" {
			return nil
		}
	case "period_start":
		if end := slices.Index(p.header, "period_end"); end >= 0 && same(p.rows, end) && !p.rows[0][end].IsNull {
			return []string{"Period: " + value + " to " + p.rows[0][end].Text + "."}
		}
		return []string{"Period: from " + value + "."}
	case "period_end":
		if start := slices.Index(p.header, "period_start"); start >= 0 && same(p.rows, start) && !p.rows[0][start].IsNull {
			return nil
		}
		return []string{"Period: up to " + value + "."}
	}
	if known := names[name][value]; known != "" {
		value = known
	}
	return []string{heading + ": " + oneLine(present.Value(p.kind(i), present.Word(p.reader.report.Name, name, value), p.decimals)) + "."}
}

// kind is how the values of a column are shown.
func (p *reportPage) kind(i int) present.Kind {
	c, _ := p.describe(p.header[i])
	kind := present.KindOf(c.Unit)
	if len(p.rows) > 0 && p.rows[0][i].IsText {
		return present.Text
	}
	return kind
}

// isKey reports whether a column tells rows apart: those columns of the key with which the view
// begins.
func (p *reportPage) isKey(name string) bool {
	for _, shown := range p.shows {
		if !slices.Contains(p.reader.report.Grain, shown) && !p.isModel(name) {
			return false
		}
		if shown == name {
			return slices.Contains(p.reader.report.Grain, shown)
		}
	}
	return slices.Contains(contextColumns, name)
}

// columnOf is a column of the table, with names in place of ids.
func (p *reportPage) columnOf(i int, names map[string]string) present.Column {
	name, kind := p.header[i], p.kind(i)
	_, heading := p.describe(name)
	c := present.Column{Name: name, Heading: heading, IsNumber: kind.IsNumeric()}
	c.IsKey = p.isKey(name) || p.reader.isAsTheyAre()
	for _, row := range p.rows {
		text := row[i].Text
		if known := names[text]; known != "" {
			text = known
		}
		c.Cells = append(c.Cells, oneLine(present.Value(kind, present.Word(p.reader.report.Name, name, text), p.decimals)))
	}
	if kind == present.Count || kind == present.Number {
		present.SameDecimals(c.Cells)
	}
	if name == p.bar && p.reader.format == "table" && len(p.rows) > 1 {
		p.addBars(&c, i)
	}
	return c
}

// paragraph is a text in lines of at most a width; "" of nothing.
func paragraph(text string, width int) string {
	if text == "" {
		return ""
	}
	return strings.Join(present.Broken(text, width), "\n") + "\n"
}

func lowerFirst(label string) string {
	if len(label) > 1 && strings.ToUpper(label[:2]) == label[:2] {
		return label // ROI
	}
	return strings.ToLower(label[:1]) + label[1:]
}
