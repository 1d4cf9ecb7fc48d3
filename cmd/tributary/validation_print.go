package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// printValidation writes all that was found, for a program or for a person.
func printValidation(v *job.Validation, out io.Writer, asJSON bool) error {
	if asJSON {
		return printJSON(out, v)
	}
	var texts strings.Builder
	width := pageWidth(out)
	parts := []func(*job.Validation, io.Writer, int){printUses, printTables, printSamples, printColumns, printDates, printCoverage, printFindings, printProblems}
	if !slices.ContainsFunc(v.Tables, func(t job.TableRead) bool { return len(t.Files) > 0 }) {
		parts = []func(*job.Validation, io.Writer, int){printProblems} // nothing was read, and there is nothing to say of it
	}
	for _, part := range parts {
		part(v, &texts, width)
	}
	_, err := io.WriteString(out, plain(texts.String()))
	return writing(err)
}

func printUses(v *job.Validation, out io.Writer, _ int) {
	shown := func(value *string, declared bool, otherwise string) string {
		switch {
		case value == nil:
			return "not known"
		case declared:
			return *value + " (declared)"
		}
		return *value + " (" + otherwise + ")"
	}
	fmt.Fprintln(out, "as of:", shown(v.Uses.AsOf, v.Uses.AsOfDeclared, "the newest instant of the data"))
	fmt.Fprintln(out, "currency:", shown(v.Uses.Currency, v.Uses.CurrencyDeclared, "what the data says"))
	fmt.Fprintln(out, "time zone:", v.Uses.TimeZone)
	if len(v.UnusedFiles) > 0 {
		fmt.Fprintf(out, "files that belong to no table: %q\n", v.UnusedFiles)
	}
}

func printTables(v *job.Validation, out io.Writer, width int) {
	t := fittedTable{title: "tables", columns: []present.Column{keyColumn("table"), keyColumn("file"), numberColumn("rows in"),
		numberColumn("loaded"), numberColumn("quarantined"), numberColumn("deduplicated")}}
	t.columns[1].IsWhole = true
	var notGiven []string
	for _, r := range v.Tables {
		for _, f := range r.Files {
			t.add(r.Table, f.File, words.Number(f.RowsIn), words.Number(f.Loaded), words.Number(f.Quarantined), words.Number(f.Deduplicated))
		}
		for _, name := range r.Given {
			if !slices.ContainsFunc(r.Files, func(f job.FileRead) bool { return f.File == name }) {
				t.add(r.Table, name, "not read", "", "", "")
			}
		}
		if len(r.Given) == 0 {
			notGiven = append(notGiven, r.Table)
		}
	}
	section(out, t.drawWhole(width))
	if len(notGiven) > 0 {
		fmt.Fprint(out, "\n", paragraph("not given: "+strings.Join(notGiven, ", "), width))
	}
}

// printSamples shows the first rows of each table, where they were asked for.
func printSamples(v *job.Validation, out io.Writer, width int) {
	for _, s := range v.Samples {
		if len(s.Rows) == 0 {
			continue
		}
		t := fittedTable{title: "first rows of " + s.Table}
		for i, name := range s.Columns {
			t.columns = append(t.columns, present.Column{Name: name, Heading: name, IsKey: i == 0})
		}
		for _, row := range s.Rows {
			var cells []string
			for _, cell := range row {
				cells = append(cells, strings.NewReplacer("\n", "\\n", "\r", "\\r", "\t", "\\t").Replace(findings.Shortened(cell)))
			}
			t.add(cells...)
		}
		section(out, t.drawAll(width))
	}
}

// section prints a part of the answer, after an empty line.
func section(out io.Writer, text string) { fmt.Fprint(out, "\n", text) }

// printColumns says what is not as the contract has it: other names, values of the configuration,
// what lacks, what nothing reads.
func printColumns(v *job.Validation, out io.Writer, width int) {
	mapped := fittedTable{title: "columns from other headers", columns: []present.Column{keyColumn("table"), keyColumn("file"), keyColumn("column"), keyColumn("from")}}
	for i := range mapped.columns {
		mapped.columns[i].IsWhole = true // which column stands for which is what the table is for
	}
	var texts []string
	for _, r := range v.Tables {
		for _, f := range r.Files {
			for _, c := range f.Columns {
				switch {
				case c.Value != "":
					mapped.add(r.Table, f.File, c.Column, "the value "+strconv.Quote(c.Value))
				case c.Header != c.Column:
					mapped.add(r.Table, f.File, c.Column, c.Header)
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
	if !mapped.isEmpty() {
		section(out, mapped.drawWhole(width))
	}
	if len(texts) > 0 {
		fmt.Fprintln(out)
	}
	for _, line := range texts {
		fmt.Fprint(out, paragraph(line, width))
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

func printDates(v *job.Validation, out io.Writer, width int) {
	t := fittedTable{title: "dates (UTC)", columns: []present.Column{keyColumn("table"), keyColumn("column"), numberColumn("oldest"), numberColumn("newest"),
		numberColumn("empty"), numberColumn("rows")}}
	for _, r := range v.Tables {
		for _, d := range r.Dates {
			t.add(r.Table, d.Column, present.Value(present.Moment, strings.TrimSuffix(d.Oldest, "Z"), 0), present.Value(present.Moment, strings.TrimSuffix(d.Newest, "Z"), 0),
				words.Number(d.Empty), words.Number(d.Rows))
		}
	}
	if !t.isEmpty() {
		section(out, t.drawWhole(width))
	}
}

func printCoverage(v *job.Validation, out io.Writer, width int) {
	if v.Coverage == nil {
		fmt.Fprintln(out, "\ncoverage: not known until the problems are fixed")
		return
	}
	t := fittedTable{title: "coverage", columns: []present.Column{keyColumn("of"), keyColumn("reach"), numberColumn("count"), numberColumn("total"), numberColumn("share")}}
	for _, r := range v.Coverage {
		share := ""
		if r.Share != nil {
			share = inPercent(string(*r.Share))
		}
		t.add(r.Of, r.Reach, words.Number(r.Count), words.Number(r.Total), share)
	}
	section(out, t.drawWhole(width))
}

// printFindings shows the checks that found something, but for the counts of rows, which stand in
// the tables above.
func printFindings(v *job.Validation, out io.Writer, width int) {
	text, nothing := "", 0
	for _, f := range v.Findings {
		switch {
		case f.Severity == string(findings.OK):
			nothing++
		case !slices.Contains([]string{"rows_in", "rows_loaded", "rows_deduplicated"}, f.Check):
			text += findingText(f, width)
		}
	}
	if text != "" {
		section(out, "findings\n\n"+text)
	}
	others := ""
	if v.Coverage == nil {
		others = "; the others are made when the problems are fixed"
	}
	section(out, fmt.Sprintf("%s found nothing%s\n", words.Count(nothing, "further check"), others))
}

// findingText is a finding as a line with its figures, and its meaning, examples and hint below.
func findingText(f job.Finding, width int) string {
	const indent = 4
	figures := words.Count(f.Rows, "row")
	if f.Money != nil {
		figures += ", " + words.Decimal(string(*f.Money))
	}
	text := fmt.Sprintf("%s: %s: %s, %s\n", f.Severity, f.Table, f.Check, figures)
	details := []string{f.Meaning}
	if f.ExamplesText != "" {
		details = append(details, "for example "+f.ExamplesText)
	}
	if f.Remedy != "" {
		details = append(details, "hint: "+f.Remedy)
	}
	for _, detail := range details {
		for line := range strings.Lines(paragraph(detail, width-indent)) {
			text += strings.Repeat(" ", indent) + line
		}
	}
	return text
}

func printProblems(v *job.Validation, out io.Writer, _ int) {
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
