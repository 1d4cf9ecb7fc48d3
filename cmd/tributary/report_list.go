package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/reports"
)

// listReports prints the reports by the question that they answer.
func listReports(out io.Writer) error {
	const indent = 29 // of what a report is about
	width := pageWidth(out)
	page := &strings.Builder{}
	for _, question := range reports.Questions() {
		fmt.Fprintf(page, "%s\n", question.Text)
		for _, name := range question.Reports {
			for i, line := range present.Broken(reports.Find(name).Doc, max(width-indent, 20)) {
				if i > 0 {
					name = ""
				}
				fmt.Fprintf(page, "  %-*s%s\n", indent-2, name, line)
			}
		}
		fmt.Fprintln(page)
	}
	page.WriteString(paragraph("`tributary report NAME --out DIR` prints one, `tributary report NAME --describe` says what its columns mean.", width))
	_, err := io.WriteString(out, page.String())
	return writing(err)
}

// describeReport prints what a report is about, and the unit and meaning of its columns.
func describeReport(r reports.Report, out io.Writer) error {
	width := pageWidth(out)
	t := openTable()
	t.AppendHeader(table.Row{"column", "unit", "meaning"})
	names, units := 0, 0
	for _, c := range r.Columns {
		name := c.Name
		if slices.Contains(r.Grain, c.Name) {
			name += " (key)"
		}
		names, units = max(names, len(name)), max(units, len(c.Unit))
		t.AppendRow(table.Row{name, c.Unit, c.Description})
	}
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 3, WidthMax: max(20, min(width-names-units-2*present.Gap, 100)), WidthMaxEnforcer: text.WrapSoft}})
	_, err := fmt.Fprintf(out, "%s: %s\n\n%s", r.Name, paragraph(r.Purpose, width), rendered(t))
	return writing(err)
}
