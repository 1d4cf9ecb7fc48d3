package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
)

// The columns of ratios, and what they are called.
var ratioColumns = []struct{ sql, title string }{
	{scanSQL, "x scan"}, {handwrittenSQL, "x hand-written"}, {naiveSQL, "x naive"}, {readCSVSQL, "x read_csv"},
}

// table is the one table of what was measured. Every figure is the median of its rounds; a ratio is the median of the ratios of each round.
func table(results []result) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	line := func(cells ...string) { fmt.Fprintln(w, strings.Join(cells, "\t")+"\t") }
	titles := []string{"", "wall s", "CPU s", "peak MB", "touches/s"}
	for _, c := range ratioColumns {
		titles = append(titles, c.title)
	}
	var notes, skews []string
	for i, r := range results {
		if r.IsSkew {
			continue
		}
		if i > 0 {
			line("")
		}
		line(fmt.Sprintf("%s (median of %d)", r.Title, len(r.Rounds)))
		line(titles...)
		row := func(name string, of func(round) cost) { line(append([]string{name}, r.cells(of)...)...) }
		for _, g := range groups {
			row(g, func(o round) cost { return o.Groups[g] })
			if g == read {
				row("  of which touches", func(o round) cost { return o.Touchfile })
			}
		}
		row("whole", func(o round) cost { return o.Whole })
		line(append([]string{"whole: CPU", "", "", "", ""}, r.ratios(func(o round) float64 { return o.Whole.CPU }, func(c cost) float64 { return c.CPU })...)...)
		line(append([]string{"whole: peak memory", "", "", "", ""}, r.ratios(func(o round) float64 { return o.Whole.Peak }, func(c cost) float64 { return c.Peak })...)...)
		for _, c := range ratioColumns {
			if r.Failed[c.sql] == "" && r.has(c.sql) {
				row("SQL: "+strings.TrimPrefix(c.title, "x "), func(o round) cost { return o.Yardsticks[c.sql] })
			}
		}
		notes = append(notes, r.notes()...)
	}
	skews = skewLines(results)
	for i, s := range skews {
		if i == 0 && len(results) > len(skews)-2 {
			line("")
		}
		line(strings.Split(s, "\t")...)
	}
	_ = w.Flush() // into memory
	for _, note := range notes {
		text.WriteString(note + "\n")
	}
	return text.String()
}

// cells are a row of the table after its name.
func (r result) cells(of func(round) cost) []string {
	wall := r.median(func(o round) float64 { return of(o).Wall })
	peak := r.median(func(o round) float64 { return of(o).Peak })
	cells := []string{fmt.Sprintf("%.3f", wall), fmt.Sprintf("%.3f", r.median(func(o round) float64 { return of(o).CPU })), "", ""}
	if peak > 0 {
		cells[2] = fmt.Sprintf("%.0f", peak/1e6)
	}
	if wall > 0 {
		cells[3] = inThousands(int64(float64(r.Touches) / wall))
	}
	return append(cells, r.ratios(func(o round) float64 { return of(o).Wall }, func(c cost) float64 { return c.Wall })...)
}

// ratios compares a figure of the program with that of each yardstick, round by round.
func (r result) ratios(of func(round) float64, its func(cost) float64) []string {
	var cells []string
	for _, c := range ratioColumns {
		cell := ""
		if r.Failed[c.sql] == "" && r.has(c.sql) {
			cell = fmt.Sprintf("%.2f", r.median(func(o round) float64 { return of(o) / its(o.Yardsticks[c.sql]) }))
		} else if r.Failed[c.sql] != "" {
			cell = "failed"
		}
		cells = append(cells, cell)
	}
	return cells
}

func (r result) has(sql string) bool {
	return len(r.Rounds) > 0 && r.Rounds[0].Yardsticks[sql] != cost{}
}

// median is the median of a figure over the rounds.
func (r result) median(of func(round) float64) float64 {
	var values []float64
	for _, o := range r.Rounds {
		values = append(values, of(o))
	}
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

// notes name the stages in the group other, and the yardsticks that failed.
func (r result) notes() []string {
	var notes, unnamed []string
	names := map[string]bool{}
	for _, o := range r.Rounds {
		for name := range o.Unnamed {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		unnamed = append(unnamed, fmt.Sprintf("%s %.3f s", name, r.median(func(o round) float64 { return o.Unnamed[name].Wall })))
	}
	if len(unnamed) > 0 {
		notes = append(notes, fmt.Sprintf("%s: other is %s", r.Title, strings.Join(unnamed, ", ")))
	}
	for _, sql := range slices.Sorted(maps.Keys(r.Failed)) {
		notes = append(notes, fmt.Sprintf("%s: %s.sql failed: %s", r.Title, sql, strings.ReplaceAll(r.Failed[sql], "\n", " ")))
	}
	return notes
}

// skewLines compares skewed data sets with the first one of them, by the time of a journey row: the cells of lines, with tabs between.
func skewLines(results []result) []string {
	var lines []string
	var even *result
	perRow := func(r result, of func(round) cost) float64 {
		return r.median(func(o round) float64 { return of(o).Wall }) / float64(max(1, r.JourneyRows)) * 1e9
	}
	wholeOf := func(o round) cost { return o.Whole }
	creditOf := func(o round) cost { return o.Groups[credit] }
	for _, r := range results {
		if !r.IsSkew {
			continue
		}
		if even == nil {
			even = &r
			lines = append(lines, "skew", "\twall s\tCPU s\tpeak MB\tjourney rows\tns/row\tx even\tcredit ns/row\tx even")
		}
		lines = append(lines, fmt.Sprintf("%s\t%.3f\t%.3f\t%.0f\t%s\t%.0f\t%.2f\t%.0f\t%.2f", r.Title, r.median(func(o round) float64 { return o.Whole.Wall }),
			r.median(func(o round) float64 { return o.Whole.CPU }), r.median(func(o round) float64 { return o.Whole.Peak })/1e6, inThousands(r.JourneyRows),
			perRow(r, wholeOf), perRow(r, wholeOf)/perRow(*even, wholeOf), perRow(r, creditOf), perRow(r, creditOf)/cmp.Or(perRow(*even, creditOf), math.NaN())))
	}
	return lines
}

// inThousands writes a number with thousands separators.
func inThousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
