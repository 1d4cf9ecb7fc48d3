package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// The columns of ratios, and what they are called.
type ratioColumn struct{ sql, title string }

var ratioColumns = []ratioColumn{
	{scanSQL, "x scan"}, {handwrittenSQL, "x hand-written"}, {naiveSQL, "x naive"}, {readCSVSQL, "x read_csv"},
}

// table is the one table of what was measured. Every figure is the median of its rounds; a ratio is
// the median of the ratios of each round.
func table(results []result) string {
	var lines [][]string
	var notes []string
	ratios := slices.DeleteFunc(slices.Clone(ratioColumns), func(c ratioColumn) bool {
		return !slices.ContainsFunc(results, func(r result) bool { return r.has(c.sql) || r.Failed[c.sql] != "" })
	})
	titles := []string{"", "wall s", "CPU s", "peak MB", "touches/s"}
	for _, c := range ratios {
		titles = append(titles, c.title)
	}
	for _, r := range results {
		if r.IsSkew {
			continue
		}
		titles[0] = fmt.Sprintf("%s (median of %d)", r.Title, len(r.Rounds))
		lines = append(lines, nil, slices.Clone(titles))
		row := func(name string, of func(round) cost) {
			lines = append(lines, append([]string{name}, r.cells(of, ratios)...))
		}
		for _, g := range groups {
			row(g, func(o round) cost { return o.Groups[g] })
			if g == read {
				row("  of which touches", func(o round) cost { return o.Touchfile })
			}
		}
		row("whole", func(o round) cost { return o.Whole })
		blank := []string{"", "", "", ""}
		lines = append(lines,
			slices.Concat([]string{"  ratios of CPU"}, blank, r.ratios(ratios, func(o round) float64 { return o.Whole.CPU }, func(c cost) float64 { return c.CPU })),
			slices.Concat([]string{"  ratios of peak memory"}, blank, r.ratios(ratios, func(o round) float64 { return o.Whole.Peak }, func(c cost) float64 { return c.Peak })))
		for _, c := range ratios {
			if r.has(c.sql) {
				row("SQL: "+strings.TrimPrefix(c.title, "x "), func(o round) cost { return o.Yardsticks[c.sql] })
			}
		}
		notes = append(notes, r.notes()...)
	}
	lines = append(lines, skewLines(results)...)
	return aligned(lines) + strings.Join(notes, "")
}

// aligned writes lines of cells as columns: the first to the left, the others to the right.
func aligned(lines [][]string) string {
	var widths []int
	for _, cells := range lines {
		for i, cell := range cells {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var text strings.Builder
	for _, cells := range lines {
		var line strings.Builder
		for i, cell := range cells {
			if i == 0 {
				fmt.Fprintf(&line, "%-*s", widths[i], cell)
			} else {
				fmt.Fprintf(&line, "  %*s", widths[i], cell)
			}
		}
		text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return text.String()
}

// cells are a row of the table after its name.
func (r result) cells(of func(round) cost, ratios []ratioColumn) []string {
	wall := r.median(func(o round) float64 { return of(o).Wall })
	peak := r.median(func(o round) float64 { return of(o).Peak })
	cells := []string{fmt.Sprintf("%.3f", wall), fmt.Sprintf("%.3f", r.median(func(o round) float64 { return of(o).CPU })), "", ""}
	if peak > 0 {
		cells[2] = fmt.Sprintf("%.0f", peak/1e6)
	}
	if wall > 0 {
		cells[3] = inThousands(int64(float64(r.Touches) / wall))
	}
	return append(cells, r.ratios(ratios, func(o round) float64 { return of(o).Wall }, func(c cost) float64 { return c.Wall })...)
}

// ratios compares a figure of the program with that of each yardstick, round by round.
func (r result) ratios(columns []ratioColumn, of func(round) float64, its func(cost) float64) []string {
	var cells []string
	for _, c := range columns {
		cell := ""
		if r.has(c.sql) {
			cell = fmt.Sprintf("%.2f", r.median(func(o round) float64 { return of(o) / its(o.Yardsticks[c.sql]) }))
		} else if r.Failed[c.sql] != "" {
			cell = "failed"
		}
		cells = append(cells, cell)
	}
	return cells
}

// has tells whether a yardstick was run in every round.
func (r result) has(sql string) bool {
	return len(r.Rounds) > 0 && r.Failed[sql] == "" && r.Rounds[0].Yardsticks[sql] != cost{}
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
		notes = append(notes, fmt.Sprintf("%s: other is %s\n", r.Title, strings.Join(unnamed, ", ")))
	}
	for _, sql := range slices.Sorted(maps.Keys(r.Failed)) {
		notes = append(notes, fmt.Sprintf("%s: %s.sql failed: %s\n", r.Title, sql, strings.ReplaceAll(r.Failed[sql], "\n", " ")))
	}
	return notes
}

// skewLines compares skewed data sets with the first of them, by the time of a journey row.
func skewLines(results []result) [][]string {
	var lines [][]string
	var even result
	for _, r := range results {
		if !r.IsSkew {
			continue
		}
		if lines == nil {
			even = r
			lines = [][]string{nil, {fmt.Sprintf("skew (median of %d)", len(r.Rounds)), "wall s", "CPU s", "peak MB", "journey rows", "whole ns/row", "x even", "credit ns/row", "x even"}}
		}
		whole, inCredit := r.perRow(func(o round) cost { return o.Whole }), r.perRow(func(o round) cost { return o.Groups[crediting] })
		lines = append(lines, []string{r.Title,
			fmt.Sprintf("%.3f", r.median(func(o round) float64 { return o.Whole.Wall })),
			fmt.Sprintf("%.3f", r.median(func(o round) float64 { return o.Whole.CPU })),
			fmt.Sprintf("%.0f", r.median(func(o round) float64 { return o.Whole.Peak })/1e6),
			inThousands(r.JourneyRows),
			fmt.Sprintf("%.0f", whole), fmt.Sprintf("%.2f", whole/even.perRow(func(o round) cost { return o.Whole })),
			fmt.Sprintf("%.0f", inCredit), fmt.Sprintf("%.2f", inCredit/even.perRow(func(o round) cost { return o.Groups[crediting] })),
		})
	}
	return lines
}

// perRow is the wall time of a journey row, in nanoseconds.
func (r result) perRow(of func(round) cost) float64 {
	return r.median(func(o round) float64 { return of(o).Wall }) / float64(r.JourneyRows) * 1e9
}

// inThousands writes a number with thousands separators.
func inThousands(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
