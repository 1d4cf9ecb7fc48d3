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

// same tells whether a column says the same in every row.
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
