package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// newTable is a plain table: no colours, numbers to the right, and never too narrow for its title.
func newTable(title string) table.Writer {
	t := table.NewWriter()
	style := table.StyleLight
	style.Format.Header = text.FormatDefault
	style.Format.Footer = text.FormatDefault
	style.Size.WidthMin = text.StringWidthWithoutEscSequences(title) + 4 // a border and a blank on either side
	t.SetStyle(style)
	if title != "" {
		t.SetTitle("%s", title)
	}
	return t
}

// toTheRight aligns columns, counted from 1, to the right.
func toTheRight(t table.Writer, columns ...int) {
	var configs []table.ColumnConfig
	for _, n := range columns {
		configs = append(configs, table.ColumnConfig{Number: n, Align: text.AlignRight})
	}
	t.SetColumnConfigs(configs)
}

// A fittedTable is a table in the layout of reports, for a page of a given width. Its columns that are
// keys come first.
type fittedTable struct {
	title   string
	columns []present.Column
}

func keyColumn(heading string) present.Column { return present.Column{Heading: heading, IsKey: true} }
func textColumn(heading string) present.Column {
	return present.Column{Name: heading, Heading: heading}
}
func numberColumn(heading string) present.Column {
	return present.Column{Name: heading, Heading: heading, IsNumber: true}
}

// add appends a row: one cell for each column.
func (t *fittedTable) add(cells ...string) {
	for i, cell := range cells {
		t.columns[i].Cells = append(t.columns[i].Cells, oneLine(cell))
	}
}

func (t *fittedTable) isEmpty() bool { return len(t.columns) == 0 || len(t.columns[0].Cells) == 0 }

// draw is the table with the columns that the page has room for, and the names of the others.
func (t *fittedTable) draw(width int) (text string, left []string) {
	shown, widths := present.Fit(t.columns, width)
	return t.titled(present.Lines(shown, widths)), present.Named(t.columns, shown)
}

// drawWhole is one table with all its columns, whose texts are cut where the page is too narrow.
func (t *fittedTable) drawWhole(width int) string {
	for i := range t.columns {
		t.columns[i].IsKey = true
	}
	text, _ := t.draw(width)
	return text
}

// drawAll is the table with all its columns: those that the page has no room for follow in further
// tables, each of which begins with the keys.
func (t *fittedTable) drawAll(width int) string {
	keys := slices.IndexFunc(t.columns, func(c present.Column) bool { return !c.IsKey })
	if keys < 0 {
		keys = len(t.columns)
	}
	first, rest := t.columns[:keys], t.columns[keys:]
	var lines []string
	for {
		shown, widths := present.Fit(slices.Concat(first, rest), width)
		if len(shown) == keys && len(rest) > 0 { // it is wider than the page, and is shown all the same
			alone := rest[0]
			alone.IsKey = true
			shown, widths = present.Fit(slices.Concat(first, []present.Column{alone}), width)
		}
		lines = append(lines, present.Lines(shown, widths)...)
		if rest = rest[len(shown)-keys:]; len(rest) == 0 {
			return t.titled(lines)
		}
		lines = append(lines, "")
	}
}

func (t *fittedTable) titled(lines []string) string {
	text := strings.Join(lines, "\n") + "\n"
	if t.title == "" {
		return text
	}
	return t.title + "\n\n" + text
}

// writeTable prints a query's answer for a person: every column under its own name, with its exact
// values. Texts are cut where the page is too narrow, numbers never.
func writeTable(ctx context.Context, eng *engine.Engine, query, title string, limit int, out io.Writer) error {
	header, rows, err := everything(ctx, eng, query)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintf(out, "%s: no rows\n", title)
		return writing(err)
	}
	shown := first(limit, rows)
	var columns []present.Column
	for i, name := range header {
		c := present.Column{Name: name, Heading: name, IsKey: true, IsNumber: !rows[0][i].IsText}
		for _, row := range shown {
			c.Cells = append(c.Cells, oneLine(row[i].Text))
		}
		columns = append(columns, c)
	}
	fitted, widths := present.Fit(columns, pageWidth(out))
	_, err = fmt.Fprint(out, title, "\n\n", strings.Join(present.Lines(fitted, widths), "\n"), "\n", leftOut(limit, len(rows)))
	return writing(err)
}

// first is the beginning of a list: all of it without a limit.
func first[T any](limit int, list []T) []T {
	if limit == 0 {
		return list
	}
	return list[:min(limit, len(list))]
}

// leftOut says how much of a table a limit shows.
func leftOut(limit, rows int) string {
	if limit == 0 || rows <= limit {
		return ""
	}
	return fmt.Sprintf("%s of %s (--limit)\n", words.Number(limit), words.Count(rows, "row"))
}

// same reports whether a column says the same in every row.
func same(rows [][]reports.Cell, column int) bool {
	return !slices.ContainsFunc(rows, func(row []reports.Cell) bool { return row[column] != rows[0][column] })
}

// everything reads a query's whole answer: a report fits in memory.
func everything(ctx context.Context, eng *engine.Engine, query string) (header []string, rows [][]reports.Cell, err error) {
	err = reports.Rows(ctx, eng, query,
		func(names []string) error {
			header = names
			return nil
		},
		func(cells []reports.Cell) error {
			rows = append(rows, slices.Clone(cells))
			return nil
		})
	return header, rows, err
}
