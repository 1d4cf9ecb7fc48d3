package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/words"
)

// printValidation writes all that was found, for a program or for a person.
func printValidation(v *job.Validation, out io.Writer, asJSON bool) error {
	if asJSON {
		return printJSON(out, v)
	}
	var texts strings.Builder
	parts := []func(*job.Validation, io.Writer){printUses, printTables, printSamples, printColumns, printDates, printCoverage, printFindings, printProblems}
	if !slices.ContainsFunc(v.Tables, func(t job.TableRead) bool { return len(t.Files) > 0 }) {
		parts = []func(*job.Validation, io.Writer){printProblems} // nothing was read, and there is nothing to say of it
	}
	for _, part := range parts {
		part(v, &texts)
	}
	_, err := io.WriteString(out, plain(texts.String()))
	return writing(err)
}

func printUses(v *job.Validation, out io.Writer) {
	settled := func(value *string, declared bool, otherwise string) string {
		switch {
		case value == nil:
			return "not settled"
		case declared:
			return *value + " (declared)"
		}
		return *value + " (" + otherwise + ")"
	}
	fmt.Fprintln(out, "as of:", settled(v.Uses.AsOf, v.Uses.AsOfDeclared, "the newest instant of the data"))
	fmt.Fprintln(out, "currency:", settled(v.Uses.Currency, v.Uses.CurrencyDeclared, "what the data says"))
	fmt.Fprintln(out, "time zone:", v.Uses.TimeZone)
	if len(v.UnusedFiles) > 0 {
		fmt.Fprintf(out, "files that belong to no table: %q\n", v.UnusedFiles)
	}
}

func printTables(v *job.Validation, out io.Writer) {
	t := newTable("tables")
	t.AppendHeader(table.Row{"table", "file", "rows in", "loaded", "quarantined", "deduplicated"})
	toTheRight(t, 3, 4, 5, 6)
	var notGiven []string
	for _, r := range v.Tables {
		for _, f := range r.Files {
			t.AppendRow(table.Row{r.Table, f.File, words.Number(f.RowsIn), words.Number(f.Loaded), words.Number(f.Quarantined), words.Number(f.Deduplicated)})
		}
		for _, name := range r.Given {
			if !slices.ContainsFunc(r.Files, func(f job.FileRead) bool { return f.File == name }) {
				t.AppendRow(table.Row{r.Table, name, "not read"})
			}
		}
		if len(r.Given) == 0 {
			notGiven = append(notGiven, r.Table)
		}
	}
	fmt.Fprintln(out, t.Render())
	if len(notGiven) > 0 {
		fmt.Fprintln(out, "not given:", strings.Join(notGiven, ", "))
	}
}

// printSamples shows the first rows of each table, where they were asked for.
func printSamples(v *job.Validation, out io.Writer) {
	for _, s := range v.Samples {
		if len(s.Rows) == 0 {
			continue
		}
		t := newTable("first rows of " + s.Table)
		header := table.Row{}
		for _, name := range s.Columns {
			header = append(header, name)
		}
		t.AppendHeader(header)
		for _, row := range s.Rows {
			cells := table.Row{}
			for _, cell := range row {
				cells = append(cells, strings.NewReplacer("\n", "\\n", "\r", "\\r", "\t", "\\t").Replace(findings.Shortened(cell)))
			}
			t.AppendRow(cells)
		}
		fmt.Fprintln(out, t.Render())
	}
}

// printColumns says what is not as the contract has it: other names, values of the configuration,
// what lacks, what nothing reads.
func printColumns(v *job.Validation, out io.Writer) {
	mapped := newTable("columns from other headers")
	mapped.AppendHeader(table.Row{"table", "file", "column", "from"})
	rows := 0
	var texts []string
	for _, r := range v.Tables {
		for _, f := range r.Files {
			for _, c := range f.Columns {
				switch {
				case c.Value != "":
					mapped.AppendRow(table.Row{r.Table, f.File, c.Column, "the value " + strconv.Quote(c.Value)})
					rows++
				case c.Header != c.Column:
					mapped.AppendRow(table.Row{r.Table, f.File, c.Column, c.Header})
					rows++
				}
			}
			if len(f.Missing) > 0 {
				texts = append(texts, fmt.Sprintf("%s: %s: missing optional columns: %s", r.Table, f.File, strings.Join(f.Missing, ", ")))
			}
			if len(f.Unknown) > 0 {
				texts = append(texts, fmt.Sprintf("%s: %s: %s ignored: %s", r.Table, f.File, words.Count(len(f.Unknown), "unused column"), listUnknown(f.Unknown)))
			}
		}
	}
	if rows > 0 {
		fmt.Fprintln(out, mapped.Render())
	}
	for _, line := range texts {
		fmt.Fprintln(out, line)
	}
}

// listUnknown names the headers that may be misspelt first, then others, as many as a person reads;
// --json has them all.
func listUnknown(unknown []job.UnknownHeader) string {
	const atMost = 20
	var near, others []string
	for _, u := range unknown {
		if u.Nearest == "" {
			others = append(others, strconv.Quote(u.Header))
		} else {
			near = append(near, fmt.Sprintf("%q (did you mean %s?)", u.Header, u.Nearest))
		}
	}
	return words.List(append(near, others...), atMost)
}

func printDates(v *job.Validation, out io.Writer) {
	t := newTable("dates")
	t.AppendHeader(table.Row{"table", "column", "oldest", "newest", "empty", "rows"})
	toTheRight(t, 5, 6)
	rows := 0
	for _, r := range v.Tables {
		for _, d := range r.Dates {
			t.AppendRow(table.Row{r.Table, d.Column, d.Oldest, d.Newest, words.Number(d.Empty), words.Number(d.Rows)})
			rows++
		}
	}
	if rows > 0 {
		fmt.Fprintln(out, t.Render())
	}
}

func printCoverage(v *job.Validation, out io.Writer) {
	if v.Coverage == nil {
		fmt.Fprintln(out, "coverage: not known until the problems are fixed")
		return
	}
	t := newTable("coverage")
	t.AppendHeader(table.Row{"of", "reach", "count", "total", "share"})
	toTheRight(t, 3, 4, 5)
	for _, r := range v.Coverage {
		share := ""
		if r.Share != nil {
			share = string(*r.Share)
		}
		t.AppendRow(table.Row{r.Of, r.Reach, words.Number(r.Count), words.Number(r.Total), share})
	}
	fmt.Fprintln(out, t.Render())
}

// printFindings shows the checks that found something, but for the counts of rows, which stand in
// the tables above.
func printFindings(v *job.Validation, out io.Writer) {
	t := newTable("findings")
	t.AppendHeader(table.Row{"table", "check", "severity", "rows", "money", "examples", "meaning"})
	toTheRight(t, 4, 5)
	shown, nothing := 0, 0
	for _, f := range v.Findings {
		switch {
		case f.Severity == string(findings.OK):
			nothing++
		case !slices.Contains([]string{"rows_in", "rows_loaded", "rows_deduplicated"}, f.Check):
			money := ""
			if f.Money != nil {
				money = words.Decimal(string(*f.Money))
			}
			meaning := f.Meaning
			if f.Remedy != "" {
				meaning += "\nhint: " + f.Remedy
			}
			t.AppendRow(table.Row{f.Table, f.Check, f.Severity, words.Number(f.Rows), money, f.ExamplesText, meaning})
			shown++
		}
	}
	if shown > 0 {
		fmt.Fprintln(out, t.Render())
	}
	others := ""
	if v.Coverage == nil {
		others = "; the others are made when the problems are fixed"
	}
	fmt.Fprintf(out, "%s found nothing%s\n", words.Count(nothing, "further check"), others)
}

func printProblems(v *job.Validation, out io.Writer) {
	if len(v.Refusals) > 0 {
		fmt.Fprintln(out, "looks wrong; a run would be refused unless these are accepted:")
		for _, r := range v.Refusals {
			fmt.Fprintf(out, "  %s: %s\n      %s\n", r.Code, r.Message, r.Remedy)
		}
		if len(v.Problems) == 0 {
			return
		}
	}
	if v.OK {
		fmt.Fprintln(out, "the input is valid")
		return
	}
	fmt.Fprintln(out, "problems:")
	for _, p := range v.Problems {
		fmt.Fprintln(out, "  "+p.Message)
		for hint := range strings.Lines(p.Hint) {
			fmt.Fprintln(out, "    hint: "+strings.TrimSuffix(hint, "\n"))
		}
	}
}

func toTheRight(t table.Writer, columns ...int) {
	var configs []table.ColumnConfig
	for _, n := range columns {
		configs = append(configs, table.ColumnConfig{Number: n, Align: text.AlignRight})
	}
	t.SetColumnConfigs(configs)
}
