package page

import (
	"context"
	"fmt"
	"html/template"

	"github.com/tributary-engine/tributary/internal/page/chart"
)

// pathFigures are the most frequent sequences of channels, each channel once at its first place.
func (r *reader) pathFigures(ctx context.Context) ([]figure, error) {
	columns := []string{"conversions", "share", "value", "won", "lost", "win_rate", "wilson_low", "wilson_high", "small_sample", "median_days", "median_touches"}
	var figures []figure
	for _, conversion := range []struct{ kind, id, title, counted string }{
		{"pipeline", "pipeline", "Paths to an opportunity", "opportunities"}, {"revenue", "revenue", "Paths to a win", "wins"},
	} {
		f := figure{ID: conversion.id, Title: conversion.title, Definitions: definitions("paths", append([]string{"rank", "path"}, columns...)...), Elsewhere: "tributary report paths"}
		for _, kind := range r.types {
			where := r.where("conversion_type", conversion.kind, "opportunity_type", kind, "transform", "unique")
			records, err := r.rows(ctx, "paths", where)
			if err != nil {
				return nil, err
			}
			records = records[:min(len(records), r.most.paths)]
			v := variant{Dims: dims{"type": kind}, Command: command("paths", where)}
			if v.Table = r.table(conversion.title+", "+r.named(v.Dims), records, append([]string{"path", "rank"}, columns...)...); v.Table == nil {
				continue
			}
			var rows []chart.Row
			for _, rec := range records[:min(10, len(records))] {
				rows = append(rows, chart.Row{Label: rec.text("path"), Values: []*chart.Value{{Amount: rec.amount("conversions"), Text: r.show(rec, "conversions")}}})
			}
			first := records[0]
			if first.amount("conversions") <= 1 {
				v.Summary = "No path occurs twice: each of the " + conversion.counted + " came by a path of its own."
			} else {
				v.Summary = fmt.Sprintf("The most frequent path, with %s of the %s (%s), is %s.", r.show(first, "conversions"), conversion.counted, r.show(first, "share"), first.text("path"))
				v.Charts = []template.HTML{chart.Bars(chart.Head{Name: fmt.Sprintf("paths-%s-%d", conversion.id, len(f.Variants)), Title: conversion.title, Description: v.Summary}, nil, rows)}
			}
			f.Variants = append(f.Variants, v)
		}
		if len(f.Variants) == 0 {
			figures = append(figures, r.without(conversion.id, conversion.title, "paths", "There are no "+conversion.counted+" in the reporting period."))
			continue
		}
		f.Note = fmt.Sprintf("Each channel is named once, at its first place. At most %d paths are shown; the command prints the others.", r.most.paths)
		figures = append(figures, f)
	}
	return figures, nil
}
