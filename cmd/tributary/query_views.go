package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/words"
)

// A listedView is a view as JSON.
type listedView struct {
	Name    string         `json:"name"`
	Rows    int64          `json:"rows"`
	Grain   string         `json:"grain"`
	Purpose string         `json:"purpose,omitempty"`
	Columns []query.Column `json:"columns"`
}

func listedViews(described []query.Description) []listedView {
	var list []listedView
	for _, d := range described {
		list = append(list, listedView{Name: d.Name, Rows: d.Rows, Grain: d.Each, Purpose: d.Purpose, Columns: d.Columns})
	}
	return list
}

// printViews lists the views: name, rows, what one row is, and the other columns.
func (v queryView) printViews(ctx context.Context, run *query.Run, out io.Writer) error {
	described, err := run.Describe(ctx, run.Views...)
	if err != nil {
		return err
	}
	if v.format == "json" {
		return printJSON(out, listedViews(described))
	}
	width := max(pageWidth(out)-4, 40)
	wrapped := func(line string) string {
		var lines []string
		for line := range strings.SplitSeq(text.WrapSoft(line, width), "\n") {
			lines = append(lines, "    "+strings.TrimRight(line, " "))
		}
		return strings.Join(lines, "\n")
	}
	for _, d := range described {
		var others []string
		for _, c := range d.Columns {
			if !c.IsKey {
				others = append(others, c.Name)
			}
		}
		lines := []string{fmt.Sprintf("%s: %s", d.Name, words.Count(d.Rows, "row")), wrapped(d.Each)}
		if len(others) > 0 {
			lines = append(lines, wrapped("columns: "+strings.Join(others, ", ")))
		}
		if _, err := fmt.Fprintln(out, plain(strings.Join(lines, "\n"))); err != nil {
			return writing(err)
		}
	}
	_, err = fmt.Fprintf(out, "run %s, as of %s. `tributary query --describe VIEW` prints types, units and meanings.\n", run.ID, run.Manifest.AsOf)
	return writing(err)
}

// printView prints the columns of one view.
func (v queryView) printView(ctx context.Context, run *query.Run, out io.Writer) error {
	view := run.View(v.describe)
	if view == nil {
		return failure.Errorf(failure.Usage, "--describe: there is no view %q%s\nhint: `tributary query` lists the views", v.describe, words.DidYouMean(v.describe, run.Names()))
	}
	described, err := run.Describe(ctx, *view)
	if err != nil {
		return err
	}
	d := described[0]
	if v.format == "json" {
		return printJSON(out, listedViews(described)[0])
	}
	t := newTable("")
	t.AppendHeader(table.Row{"column", "type", "unit", "meaning"})
	for _, c := range d.Columns {
		name := c.Name
		if c.IsKey {
			name += " (key)"
		}
		t.AppendRow(table.Row{plain(name), c.Type, c.Unit, c.Meaning})
	}
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 4, WidthMax: 70, WidthMaxEnforcer: text.WrapSoft}})
	head := fmt.Sprintf("%s: %s, %s", d.Name, words.Count(d.Rows, "row"), d.Each)
	if d.Purpose != "" {
		head += "\n" + text.WrapSoft(d.Purpose, 110)
	}
	_, err = fmt.Fprintf(out, "%s\n%s\n", head, t.Render())
	return writing(err)
}
