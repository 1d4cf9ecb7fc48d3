package main

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// asksForPage reports whether the report is asked for as it is: a page is no table to choose from.
func (v reportView) asksForPage(name string) bool {
	return name == "weekly" && v.format == "table" && len(v.columns) == 0 && len(v.where) == 0 && len(v.measures) == 0 && v.sort == "" && v.limit == 0 && !v.isAll
}

// A weeklyLine is a row of the report weekly.
type weeklyLine struct {
	department, figure, detail, unit, weekStart string
	numbers                                     [4]string // this week, the week before, the mean of four, the target
	command                                     string
}

// longestName is how wide the page has what is counted; less where there is no room.
const longestName = 48

// writeWeekly prints the page for the weekly meeting: a part for each department, and the commands
// that show the rows behind the figures.
func writeWeekly(ctx context.Context, eng *engine.Engine, out io.Writer) error {
	_, rows, err := everything(ctx, eng, `
		SELECT department, figure, detail, unit, week_start, this_week, week_before, mean_of_four, target, command, is_provisional
		FROM report
		ORDER BY CASE department WHEN 'marketing' THEN 0 WHEN 'sales' THEN 1 ELSE 2 END, line`)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(out, "weekly: no week is complete yet")
		return writing(err)
	}
	var lines []weeklyLine
	hasCredit := false // credit is added up by week: reporting.weeks is set
	hasProvisional := false
	for _, row := range rows {
		line := weeklyLine{department: row[0].Text, figure: row[1].Text, detail: row[2].Text, unit: row[3].Text, weekStart: row[4].Text, command: row[9].Text}
		for i := range line.numbers {
			if cell := row[5+i]; !cell.IsNull {
				line.numbers[i] = inUnit(cell.Text, line.unit)
			}
		}
		if row[10].Text == "true" {
			hasProvisional = true
			line.numbers[0] += "*"
		}
		lines = append(lines, line)
		hasCredit = hasCredit || line.figure == "credited pipeline" && line.numbers[0] != ""
	}
	page := &strings.Builder{}
	week := lines[0].weekStart
	figures := len("week before")
	for _, line := range lines {
		for _, number := range line.numbers {
			figures = max(figures, len(number))
		}
	}
	names := max(shortestName, min(longestName, pageWidth(out)-4*(figures+1)-len(" [12]")))
	fmt.Fprintf(page, "The week from %s, new business\n", week)
	var commands []string
	for i, line := range lines {
		if i == 0 || line.department != lines[i-1].department {
			fmt.Fprintf(page, "\n%-*s %*s %*s %*s %*s\n", names, strings.ToUpper(line.department), figures, "this week", figures, "week before", figures, "mean of 4", figures, "target")
		}
		if !slices.Contains(commands, line.command) {
			commands = append(commands, line.command)
		}
		name, indent := line.figure, "  "
		if line.weekStart != week {
			name = line.weekStart + " " + name
		}
		if line.detail != "" {
			name += ": " + line.detail
			if i > 0 && lines[i-1].figure == line.figure { // a part of the line above
				name, indent = line.detail, "    "
			}
		}
		parts := present.Broken(oneLine(name), names-len(indent)-2)
		for n, part := range parts {
			if n > 0 {
				part = "  " + part
			}
			part = text.Pad(present.Cut(indent+part, names), names, ' ')
			if n < len(parts)-1 {
				fmt.Fprintln(page, strings.TrimRight(part, " "))
				continue
			}
			fmt.Fprintf(page, "%s %*s %*s %*s %*s [%d]\n", part, figures, line.numbers[0], figures, line.numbers[1], figures, line.numbers[2], figures, line.numbers[3], slices.Index(commands, line.command)+1)
		}
	}
	if !hasCredit {
		fmt.Fprintln(page, "\nCredit by week (credited pipeline, and the rows of period_performance) needs reporting.weeks: true in tributary.yaml.")
	}
	if hasProvisional {
		fmt.Fprintln(page, "\n* Contains ad cost that the platform can still correct: wait before you call it better or worse (costs.provisional_days).")
	}
	fmt.Fprintln(page, "\nTo see the rows behind a figure, run its command with --out:")
	for i, command := range commands {
		fmt.Fprintf(page, "  [%d] %s\n", i+1, command)
	}
	_, err = io.WriteString(out, page.String())
	return writing(err)
}

// inUnit writes a decimal for a person: counts with at most one decimal, money with two, rates in
// percent.
func inUnit(decimal, unit string) string {
	number, ok := new(big.Rat).SetString(decimal)
	if !ok {
		return decimal
	}
	switch unit {
	case "rate":
		return number.Mul(number, big.NewRat(100, 1)).FloatString(1) + " %"
	case "money":
		return words.Decimal(number.FloatString(2))
	}
	if number.IsInt() {
		return words.Decimal(number.FloatString(0))
	}
	return words.Decimal(number.FloatString(1))
}
