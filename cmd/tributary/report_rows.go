package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// A reportReader reads the rows of a run's report that a view asks for.
type reportReader struct {
	reportView
	report    reports.Report
	directory string // of the run
	eng       *engine.Engine
	columns   []reportColumn
	applied   []condition // the defaults that apply
	kept      string      // in SQL: the rows that are kept
}

// openReport reads the report's file of the run into the table `report`.
func openReport(ctx context.Context, v reportView, report reports.Report) (*reportReader, error) {
	directory, err := runDirectory(v.out, []string{v.run})
	if err != nil {
		return nil, err
	}
	file := published.ReportFile(report.Name)
	if _, err := os.Stat(filepath.Join(directory, file)); err != nil {
		return nil, failure.Errorf(failure.IO, "report %s: %w\nhint: check the run with `tributary verify`", report.Name, err)
	}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return nil, err
	}
	r := &reportReader{reportView: v, report: report, directory: directory, eng: eng}
	if err := eng.Exec(ctx, "CREATE TABLE report AS SELECT * EXCLUDE (file_row_number) FROM "+published.NumberedRows(directory, file)+" ORDER BY file_row_number"); err != nil {
		eng.Close()
		return nil, published.Unreadable(ctx, "report "+report.Name+": its file", err)
	}
	if err := r.choose(ctx); err != nil {
		eng.Close()
		return nil, fmt.Errorf("report %s: %w", report.Name, err)
	}
	return r, nil
}

// choose checks what the view names, and decides which rows are kept: those that were asked for
// and, of the columns of which nothing was asked, those of the defaults.
func (r *reportReader) choose(ctx context.Context) error {
	_, rows, err := everything(ctx, r.eng, "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'report' ORDER BY column_index")
	if err != nil {
		return err
	}
	for _, row := range rows {
		r.columns = append(r.columns, reportColumn{row[0].Text, row[1].Text})
	}
	if err := r.checkNames(ctx); err != nil {
		return err
	}
	asked, err := r.asked(ctx)
	if err != nil {
		return err
	}
	r.kept = strings.Join(append([]string{"TRUE"}, asked...), " AND ")
	if r.isForPeople() && !r.isAll {
		return r.applyDefaults(ctx)
	}
	return nil
}

// checkNames refuses columns and models that the report does not have.
func (r *reportReader) checkNames(ctx context.Context) error {
	known := r.names()
	sort := strings.TrimPrefix(r.sort, "-")
	switch {
	case len(r.measures) > 0 && !slices.Contains(known, "model"):
		return failure.Errorf(failure.Usage, "--measure puts models side by side, and this report has no column model\nhint: choose among its columns with --columns")
	case len(r.models) > 0 && !slices.Contains(known, "model"):
		return failure.Errorf(failure.Usage, "--models: this report has no column model\nhint: leave --models out")
	case r.sort != "" && !slices.Contains(known, sort):
		return failure.Errorf(failure.Usage, "--sort: %w", unknownColumn(sort, known))
	}
	for flag, names := range map[string][]string{"--measure": r.measures, "--columns": r.reportView.columns} {
		for i, name := range names {
			switch {
			case !slices.Contains(known, name):
				return failure.Errorf(failure.Usage, "%s: %w", flag, unknownColumn(name, known))
			case slices.Contains(names[:i], name):
				return failure.Errorf(failure.Usage, "%s: %s was given twice", flag, name)
			}
		}
	}
	if len(r.models) == 0 {
		return nil
	}
	models, err := r.values(ctx, "model")
	if err != nil || len(models) == 0 {
		return err
	}
	for _, model := range r.models {
		if !slices.Contains(models, model) {
			return failure.Errorf(failure.Usage, "--models: %q is not in this report%s\nhint: the models are %s", model, words.DidYouMean(model, models), strings.Join(models, ", "))
		}
	}
	return nil
}

// names are the columns of the report's file.
func (r *reportReader) names() []string {
	var names []string
	for _, c := range r.columns {
		names = append(names, c.name)
	}
	return names
}

func (r *reportReader) column(name string) (reportColumn, bool) {
	i := slices.IndexFunc(r.columns, func(c reportColumn) bool { return c.name == name })
	if i < 0 {
		return reportColumn{}, false
	}
	return r.columns[i], true
}

// values are the different values of a text column, sorted.
func (r *reportReader) values(ctx context.Context, column string) ([]string, error) {
	return r.eng.Texts(ctx, "SELECT DISTINCT COALESCE("+engine.Name(column)+", '') FROM report ORDER BY ALL")
}

// asked is what --where, --by and --models ask for, in SQL. Values of one column that are given one
// by one are a list.
func (r *reportReader) asked(ctx context.Context) (conditions []string, err error) {
	equal := map[string][]string{}
	var order []string
	for _, c := range r.where {
		column, isKnown := r.column(c.column)
		if !isKnown {
			return nil, failure.Errorf(failure.Usage, "--where: %w", unknownColumn(c.column, r.names()))
		}
		values, err := r.listOf(ctx, column, c)
		if err != nil {
			return nil, err
		}
		if c.operator == "=" {
			if len(equal[c.column]) == 0 {
				order = append(order, c.column)
			}
			equal[c.column] = append(equal[c.column], values...)
			continue
		}
		held, err := column.holds(c.operator, values)
		if err != nil {
			return nil, err
		}
		conditions = append(conditions, held)
	}
	if r.by != "" {
		if err := r.checkPeriods(ctx); err != nil {
			return nil, err
		}
		equal["period_type"], order = []string{r.by}, append(order, "period_type")
	}
	if len(r.models) > 0 && len(equal["model"]) == 0 {
		equal["model"], order = r.models, append(order, "model")
	}
	for _, name := range order {
		column, _ := r.column(name)
		held, err := column.holds("=", equal[name])
		if err != nil {
			return nil, err
		}
		conditions = append(conditions, held)
	}
	return conditions, nil
}

// listOf is the values of a condition. A text with commas that the column has as it is, is one value.
func (r *reportReader) listOf(ctx context.Context, column reportColumn, c condition) ([]string, error) {
	values := c.list()
	if len(values) < 2 || !column.isText() {
		return values, nil
	}
	known, err := r.values(ctx, c.column)
	if slices.Contains(known, c.value) {
		values = []string{c.value}
	}
	return values, err
}

// missed says of every value of --where that no row has, which values there are.
func (r *reportReader) missed(ctx context.Context) (texts []string, err error) {
	for _, c := range r.where {
		column, _ := r.column(c.column)
		if c.operator != "=" || !column.isText() {
			continue
		}
		known, err := r.values(ctx, c.column)
		if err != nil {
			return nil, err
		}
		values, err := r.listOf(ctx, column, c)
		if err != nil {
			return nil, err
		}
		for _, value := range values {
			if !slices.Contains(known, value) {
				texts = append(texts, unknownValue(c.column, value, known))
			}
		}
	}
	return texts, nil
}

// applyDefaults keeps only the rows of the report's defaults. A default does not apply if its column
// was asked for, or if no row would be left.
func (r *reportReader) applyDefaults(ctx context.Context) error {
	for _, d := range r.report.View.Defaults {
		column, isKnown := r.column(d.Column)
		isAsked := slices.Contains(r.reportView.columns, d.Column) || slices.ContainsFunc(r.where, func(c condition) bool { return c.column == d.Column }) ||
			d.Column == "period_type" && r.by != "" || d.Column == "model" && len(r.models)+len(r.measures) > 0
		if !isKnown || isAsked {
			continue
		}
		value := d.Value
		if value == reports.PrimaryModel {
			settings, err := published.Settings(r.directory)
			if err != nil {
				continue // a run of an earlier version: all of its models are shown
			}
			value = settings.PrimaryModel
		}
		held, err := column.holds(d.Operator, []string{value})
		if err != nil {
			return err
		}
		var rows int64
		if err := r.eng.Row(ctx, "SELECT COUNT(*) FROM report WHERE "+r.kept+" AND "+held, nil, &rows); err != nil {
			return err
		}
		if rows > 0 {
			r.kept += " AND " + held
			r.applied = append(r.applied, condition{d.Column, d.Operator, value})
		}
	}
	return nil
}

// query selects the rows that are kept.
func (r *reportReader) query() string {
	selected := "*"
	if len(r.reportView.columns) > 0 {
		selected = namesOf(r.reportView.columns)
	}
	return "SELECT " + selected + " FROM report WHERE " + r.kept + r.order(engine.Name, "rowid")
}

// order puts rows into the order of --sort, rows without a value last, and limits them. A minus
// before the column puts the greatest first.
func (r *reportReader) order(of func(column string) string, rowid string) string {
	order := " ORDER BY " + rowid
	if r.sort != "" {
		column, isDescending := strings.CutPrefix(r.sort, "-")
		direction := " ASC"
		if isDescending {
			direction = " DESC"
		}
		order = " ORDER BY " + of(column) + direction + " NULLS LAST, " + rowid
	}
	if r.limit > 0 {
		order += fmt.Sprintf(" LIMIT %d", r.limit)
	}
	return order
}

// namesOf is a list of columns in SQL.
func namesOf(columns []string) string {
	var names []string
	for _, column := range columns {
		names = append(names, engine.Name(column))
	}
	return strings.Join(names, ", ")
}
