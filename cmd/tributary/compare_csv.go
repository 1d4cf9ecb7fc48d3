package main

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/tributary-engine/tributary/internal/compare"
	"github.com/tributary-engine/tributary/internal/spreadsheet"
)

// writeComparisonCSV writes a row per value, with a column for each model and, if the measure counts
// conversions, their number n; then the total. Changes are those of the primary model.
func writeComparisonCSV(result compare.Result, out io.Writer, raw bool) error {
	w := csv.NewWriter(out)
	header := []string{result.Dimension, "name"}
	for _, m := range result.Models {
		header = append(header, m.Name)
		if result.CountOf != "" {
			header = append(header, m.Name+"_n")
		}
	}
	header = append(header, "lowest", "lowest_model", "highest", "highest_model", "spread", "best_rank", "worst_rank")
	for _, earlier := range []struct {
		name   string
		period *compare.Period
	}{{"before", result.Before}, {"year_ago", result.YearAgo}} {
		if earlier.period != nil {
			header = append(header, earlier.name, earlier.name+"_change", earlier.name+"_relative", earlier.name+"_verdict", earlier.name+"_reason")
		}
	}
	if err := w.Write(header); err != nil {
		return writing(err)
	}
	safe := spreadsheet.Defuse
	if raw {
		safe = func(text string) string { return text }
	}
	for _, row := range append(result.Rows, result.Total) {
		record := []string{safe(row.Value), safe(row.Name)}
		for _, f := range row.Figures {
			record = append(record, f.Figure.Text())
			if result.CountOf != "" {
				record = append(record, f.N.Text())
			}
		}
		record = append(record, row.Lowest.Text(), row.LowestModel, row.Highest.Text(), row.HighestModel, row.Spread.Text(), rankText(row.BestRank), rankText(row.WorstRank))
		for _, changes := range [][]compare.Change{row.Before, row.YearAgo} {
			if len(changes) > 0 {
				c := changes[0]
				record = append(record, c.Figure.Text(), c.Change.Text(), c.Relative.Text(), c.Verdict, c.Reason)
			}
		}
		if err := w.Write(record); err != nil {
			return writing(err)
		}
	}
	w.Flush()
	return writing(w.Error())
}

// rankText is a place; empty if there is none.
func rankText(rank int) string {
	if rank == 0 {
		return ""
	}
	return strconv.Itoa(rank)
}
