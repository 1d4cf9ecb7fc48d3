package main

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/reports"
)

// labels are columns that name what a key means, and so belong to the key.
var labels = []string{"campaign_name", "label", "opportunity_name"}

// keys are the columns that tell rows apart beside the model, and their names.
func (r *reportReader) keys() []string {
	var keys []string
	for _, c := range r.columns {
		if c.name != "model" && (slices.Contains(r.report.Grain, c.name) || slices.Contains(labels, c.name)) {
			keys = append(keys, c.name)
		}
	}
	return keys
}

// modelsOf are the models of the rows that are kept, in the order of the report: the primary one
// is first.
func (r *reportReader) modelsOf(ctx context.Context) ([]string, error) {
	return r.eng.Texts(ctx, "SELECT model FROM report WHERE "+r.kept+" AND model IS NOT NULL GROUP BY model ORDER BY MIN(rowid)")
}

// sideBySide selects one row per key, with a column for each of the measures and models, in this
// order. It is sorted by the first model.
func (r *reportReader) sideBySide(measures, models []string) string {
	under := func(column, model string) string {
		return "ANY_VALUE(" + engine.Name(column) + ") FILTER (WHERE model = " + engine.Text(model) + ")"
	}
	keys := namesOf(r.keys())
	selected := keys
	for _, measure := range measures {
		for _, model := range models {
			selected += ", " + under(measure, model) + " AS " + engine.Name(measure+"_"+model)
		}
	}
	of := engine.Name
	if len(models) > 0 {
		of = func(column string) string { return under(column, models[0]) }
	}
	return "SELECT " + selected + " FROM (SELECT *, rowid AS place FROM report WHERE " + r.kept + ") GROUP BY " + keys + r.order(of, "MIN(place)")
}

// writeModels prints a table for each measure, whose columns are the models.
func (r *reportReader) writeModels(ctx context.Context, out io.Writer) error {
	models, err := r.modelsOf(ctx)
	if err != nil {
		return err
	}
	total, err := r.count(ctx, "SELECT DISTINCT "+namesOf(r.keys())+" FROM report WHERE "+r.kept)
	if err != nil {
		return err
	}
	for i, measure := range r.measures {
		header, rows, err := everything(ctx, r.eng, r.sideBySide([]string{measure}, models))
		if err != nil {
			return err
		}
		described, _ := r.report.Column(measure)
		p := r.page(header, rows, total, pageWidth(out))
		p.title = present.Label(r.report.Name) + ": " + lowerFirst(present.Heading(measure, described.Unit))
		p.describe = func(name string) (reports.Column, string) {
			if model, isModel := strings.CutPrefix(name, measure+"_"); isModel && slices.Contains(models, model) {
				return described, present.Label(model)
			}
			return r.describe(name)
		}
		p.measure = measure
		p.shows = append(slices.DeleteFunc(slices.Clone(r.report.View.Shows), func(name string) bool { return !slices.Contains(r.keys(), name) }), header[len(r.keys()):]...)
		if r.isAll {
			p.shows = header
		}
		if i > 0 {
			p.title = "\n" + p.title
		}
		if err := p.write(ctx, out); err != nil {
			return err
		}
	}
	return nil
}
