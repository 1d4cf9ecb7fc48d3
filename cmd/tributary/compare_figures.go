package main

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/compare"
)

// places are the best and the worst place over the models; empty without credit under any of them.
func places(row compare.Row) string {
	switch {
	case row.BestRank == 0 || !row.HasAmount:
		return ""
	case row.BestRank == row.WorstRank:
		return fmt.Sprint(row.BestRank)
	}
	return fmt.Sprintf("%d-%d", row.BestRank, row.WorstRank)
}

// figure writes a figure for a person: money with its decimals, cost and ratios with two, counts with
// one.
func (p comparisonPage) figure(n compare.Number) string {
	if !n.IsKnown() {
		return "-"
	}
	switch p.Unit {
	case "units":
		return n.Rounded(1)
	case "money":
		return n.Rounded(6)
	}
	return n.Rounded(2)
}

// markOf marks a ratio with few conversions behind it under some model.
func (p comparisonPage) markOf(row compare.Row) string {
	for _, f := range row.Figures {
		if p.IsRatio && f.SmallSample && f.Figure.IsKnown() {
			return " *"
		}
	}
	return ""
}

// withN is a figure; a ratio has the number of credited conversions beside it, and a mark if they are
// few.
func (p comparisonPage) withN(figure, n compare.Number, isSmall bool) string {
	cell := p.figure(figure)
	if !p.IsRatio || !figure.IsKnown() {
		return cell
	}
	cell += " (" + n.Rounded(1) + ")"
	if isSmall {
		return cell + " *"
	}
	return cell + "  "
}

// headed is the head of a column of figures.
func (p comparisonPage) headed(name string) string {
	if p.IsRatio {
		return name + " (n)  "
	}
	return name
}

func (p comparisonPage) hasSmallSample() bool {
	for _, row := range append(p.Rows, p.Total) {
		if p.markOf(row) != "" {
			return true
		}
	}
	return false
}
