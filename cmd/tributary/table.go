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
	"github.com/tributary-engine/tributary/internal/failure"
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

// writeTable prints a query's answer for a person: what is the same in every row goes above the
// table, and the names of columns without anything to say below it.
func writeTable(ctx context.Context, eng *engine.Engine, query, title string, limit int, out io.Writer) error {
	header, rows, err := everything(ctx, eng, query)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintf(out, "%s: no rows\n", title)
		return writing(err)
	}
	var constant, zero []string
	var shown []int
	for i, name := range header {
		switch {
		case slices.Contains([]string{"currency", "period_type", "period_start", "period_end", "period_label"}, name) && same(rows, i):
			if !rows[0][i].IsNull && name != "period_label" {
				constant = append(constant, name+" "+plain(rows[0][i].Text))
			}
		case !rows[0][i].IsText && same(rows, i) && strings.Trim(rows[0][i].Text, "0.") == "":
			zero = append(zero, name)
		default:
			shown = append(shown, i)
		}
	}
	t := newTable(strings.Join(append([]string{title}, constant...), ", "))
	t.AppendHeader(tableRow(shown, func(i int) any { return header[i] }))
	var configs []table.ColumnConfig
	for n, i := range shown {
		if !rows[0][i].IsText {
			configs = append(configs, table.ColumnConfig{Number: n + 1, Align: text.AlignRight})
		}
	}
	t.SetColumnConfigs(configs)
	for _, row := range first(limit, rows) {
		t.AppendRow(tableRow(shown, func(i int) any { return plain(row[i].Text) }))
	}
	if _, err = fmt.Fprint(out, t.Render(), "\n", leftOut(limit, len(rows))); err == nil && len(zero) > 0 {
		_, err = fmt.Fprintf(out, "0 or empty in every row: %s\n", strings.Join(zero, ", "))
	}
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

// sideBySide prints one table per measure: the models are its columns, in the order of the report.
func (v reportView) sideBySide(ctx context.Context, eng *engine.Engine, query, title string, out io.Writer) error {
	if v.format != "table" {
		return failure.Errorf(failure.Usage, "--measure prints tables; --format %s has every measure already", v.format)
	}
	header, rows, err := everything(ctx, eng, query)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintf(out, "%s: no rows\n", title)
		return writing(err)
	}
	model := slices.Index(header, "model")
	var keys []int // the columns that tell rows apart, beside the model: text, and the month
	for i, name := range header {
		if (rows[0][i].IsText || name == "month") && i != model && !slices.Contains([]string{"currency", "ratio_reason", "campaign_name"}, name) {
			keys = append(keys, i)
		}
	}
	for _, measure := range v.measures {
		at := slices.Index(header, measure)
		var models, lines []string
		cells := map[string]map[string]string{}
		labels := map[string][]string{}
		for _, row := range rows {
			var label []string
			for _, i := range keys {
				label = append(label, plain(row[i].Text))
			}
			line := strings.Join(label, "\x00")
			if cells[line] == nil {
				cells[line], labels[line] = map[string]string{}, label
				lines = append(lines, line)
			}
			if m := row[model].Text; !slices.Contains(models, m) {
				models = append(models, m)
			}
			cells[line][row[model].Text] = row[at].Text
		}
		caption := title + ": " + measure
		if i := slices.Index(header, "currency"); i >= 0 {
			caption += ", " + rows[0][i].Text
		}
		t := newTable(caption)
		head := table.Row{}
		for _, i := range keys {
			head = append(head, header[i])
		}
		var configs []table.ColumnConfig
		for n, m := range models {
			head = append(head, m)
			configs = append(configs, table.ColumnConfig{Number: len(keys) + n + 1, Align: text.AlignRight})
		}
		t.SetColumnConfigs(configs)
		t.AppendHeader(head)
		for _, line := range first(v.limit, lines) {
			row := table.Row{}
			for _, cell := range labels[line] {
				row = append(row, cell)
			}
			for _, m := range models {
				row = append(row, cells[line][m])
			}
			t.AppendRow(row)
		}
		if _, err := fmt.Fprint(out, t.Render(), "\n", leftOut(v.limit, len(lines))); err != nil {
			return writing(err)
		}
	}
	return nil
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

func tableRow(shown []int, cell func(i int) any) table.Row {
	row := table.Row{}
	for _, i := range shown {
		row = append(row, cell(i))
	}
	return row
}
