package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// A reportView is how a report is printed.
type reportView struct {
	out, run string
	format   string
	columns  []string // only these, in this order; empty: all
	measures []string // with these, the models stand side by side
	models   []string
	sort     string // by this column, the greatest first; empty: the order of the report
	limit    int    // at most so many rows of a table; 0: all
	where    map[string]string
	by       string // only the periods of this type; empty: a table shows the whole reporting period, other forms every row
	csvRaw   bool
	excel    bool // CSV for Excel
}

func reportCommand() *cobra.Command {
	v := reportView{}
	var where []string
	var describe bool
	c := &cobra.Command{
		Use:   "report [NAME]",
		Short: "List the reports, or print one of a run as a table, CSV or JSON",
		Long: `Without NAME, lists the reports. With it, prints that report of the current run; with --describe, what the report is about, its
key, and the unit and meaning of every column.

--measure puts the models side by side: one table per measure, one column per model. --columns shows only some columns.
--where COLUMN= keeps the rows in which the column is empty, such as the row over all months of the funnel. --sort puts the greatest
first (beside --measure: by the first model), and --limit says below the table how many rows it leaves out.

--by week, month, quarter, year, fiscal-quarter, fiscal-year or all keeps the rows of these periods, in reports that have the column
period_type; of channel_performance and monthly_performance, it prints period_performance. Without it, a table has the rows of the
whole reporting period, and CSV and JSON have all of them.`,
		Example: `  tributary report
  tributary report funnel --describe
  tributary report weekly --out results
  tributary report reconciliation --out results
  tributary report channel_performance --out results --measure revenue,roi --where basis=period --models first_touch,w_shaped
  tributary report campaign_performance --out results --measure revenue,roi --where basis=period --where 'channel=(all)' --sort revenue --limit 10
  tributary report channel_performance --out results --by fiscal-quarter --measure roi --where basis=period
  tributary report funnel --out results --where opportunity_type=new_business --where cohort_month= --where 'channel=(all)' --columns from_stage,to_stage,from_unit,cohort,converted,conversion_rate`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			if len(given) == 0 {
				for _, r := range reports.All() {
					if _, err := fmt.Fprintf(c.OutOrStdout(), "%-22s %s\n", r.Name, r.Doc); err != nil {
						return writing(err)
					}
				}
				return nil
			}
			r := reports.Find(given[0])
			if r == nil {
				var names []string
				for _, known := range reports.All() {
					names = append(names, known.Name)
				}
				return failure.Errorf(failure.Usage, "%q is not a report%s\nhint: `tributary report` lists the reports", given[0], words.DidYouMean(given[0], names))
			}
			if describe {
				return describeReport(*r, c.OutOrStdout())
			}
			v.where = map[string]string{}
			for _, w := range where {
				column, value, found := strings.Cut(w, "=")
				if !found {
					return failure.Errorf(failure.Usage, "--where: %q is not COLUMN=VALUE\nhint: for example --where basis=period", w)
				}
				if _, twice := v.where[column]; twice {
					return failure.Errorf(failure.Usage, "`--where %s=...` was given twice", column)
				}
				v.where[column] = value
			}
			name, err := v.reportBy(*r)
			if err != nil {
				return err
			}
			return v.print(c.Context(), name, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	f := c.Flags()
	f.BoolVar(&describe, "describe", false, "print what the report is about and what its columns mean")
	f.StringVar(&v.out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&v.run, "run", "", "`RUN` to print from; by default the current one")
	f.StringVar(&v.format, "format", "table", "`FORM`: table, csv or json")
	f.StringSliceVar(&v.columns, "columns", nil, "only these `COLUMN`s, in this order")
	f.StringSliceVar(&v.measures, "measure", nil, "`COLUMN`s to show with the models side by side")
	f.StringSliceVar(&v.models, "models", nil, "only these models, by `NAME`")
	f.StringVar(&v.sort, "sort", "", "sort by this `COLUMN`, the greatest first, instead of the report's own order")
	f.IntVar(&v.limit, "limit", 0, "at most `N` rows of a table")
	f.StringArrayVar(&where, "where", nil, "only rows in which `COLUMN=VALUE`; may be given several times")
	f.StringVar(&v.by, "by", "", "only the periods of this `TYPE`: "+strings.Join(alignment.PeriodTypes, ", "))
	f.BoolVar(&v.csvRaw, "csv-raw", false, "write text cells that begin like a formula as they are (CSV)")
	f.BoolVar(&v.excel, "excel", false, "with --format csv: write for Excel, which then keeps identifiers as they are (docs/workbook.md)")
	return c
}

// describeReport prints what a report is about, and the unit and meaning of its columns.
func describeReport(r reports.Report, out io.Writer) error {
	t := newTable("")
	t.AppendHeader(table.Row{"column", "unit", "meaning"})
	for _, c := range r.Columns {
		name := c.Name
		if slices.Contains(r.Grain, c.Name) {
			name += " (key)"
		}
		t.AppendRow(table.Row{name, c.Unit, c.Description})
	}
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 3, WidthMax: 80, WidthMaxEnforcer: text.WrapSoft}})
	_, err := fmt.Fprintf(out, "%s: %s\n%s\n", r.Name, text.WrapSoft(r.Purpose, 110), t.Render())
	return writing(err)
}

// print reads the report's Parquet file of the run and writes it in the form that was asked for.
func (v reportView) print(ctx context.Context, name string, out, parts io.Writer) error {
	switch {
	case v.limit < 0:
		return failure.Errorf(failure.Usage, "--limit: %d is not a number of rows (0, or nothing, shows all)", v.limit)
	case v.limit > 0 && v.format != "table":
		return failure.Errorf(failure.Usage, "--limit is for tables; --format %s prints every row", v.format)
	}
	if err := v.checkExcel(); err != nil {
		return err
	}
	directory, err := runDirectory(v.out, []string{v.run})
	if err != nil {
		return err
	}
	file := filepath.Join(directory, "reports", name+".parquet")
	if _, err := os.Stat(file); err != nil {
		return failure.Errorf(failure.IO, "report %s: %w\nhint: check the run with `tributary verify`", name, err)
	}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return err
	}
	defer eng.Close()
	if err := eng.Exec(ctx, "CREATE TABLE report AS SELECT * FROM read_parquet("+engine.Text(file)+")"); err != nil {
		if ctx.Err() != nil {
			return err
		}
		reason, _, _ := strings.Cut(err.Error(), "\n")
		return failure.Errorf(failure.IO, "report %s: its file cannot be read: %s\nhint: check the run with `tributary verify`", name, reason)
	}
	note, err := v.choosePeriods(ctx, eng)
	if err != nil {
		return fmt.Errorf("report %s: %w", name, err)
	}
	if v.asksForPage(name) {
		return writeWeekly(ctx, eng, out)
	}
	query, err := v.query(ctx, eng)
	if err != nil {
		return fmt.Errorf("report %s: %w", name, err)
	}
	if len(v.measures) > 0 && len(v.columns) > 0 {
		return failure.Errorf(failure.Usage, "use either --measure or --columns, not both")
	}
	if len(v.measures) > 0 {
		return v.withNote(v.sideBySide(ctx, eng, query, name, out), note, out)
	}
	var rows int64
	if err := eng.Row(ctx, "SELECT COUNT(*) FROM ("+query+")", nil, &rows); err != nil {
		return fmt.Errorf("report %s: %w", name, err)
	}
	if rows == 0 && v.format != "table" { // a table says so itself
		fmt.Fprintf(parts, "%s: no rows\n", name)
	}
	switch v.format {
	case "csv":
		return v.writeCSV(ctx, eng, query, out)
	case "json":
		return reports.WriteJSON(ctx, eng, query, out)
	case "table":
		return v.withNote(writeTable(ctx, eng, query, name, v.limit, out), note, out)
	}
	return failure.Errorf(failure.Usage, "--format: %q is not table, csv or json", v.format)
}

// query selects the rows that were asked for. Column names are checked against the report, values
// are quoted.
func (v reportView) query(ctx context.Context, eng *engine.Engine) (string, error) {
	var known []string
	if err := reports.Rows(ctx, eng, "SELECT * FROM report LIMIT 0", func(names []string) error {
		known = names
		return nil
	}, nil); err != nil {
		return "", err
	}
	if len(v.measures) > 0 && !slices.Contains(known, "model") {
		return "", failure.Errorf(failure.Usage, "--measure puts models side by side, and this report has no column model\nhint: choose among its columns with --columns")
	}
	for i, measure := range v.measures {
		switch {
		case !slices.Contains(known, measure):
			return "", failure.Errorf(failure.Usage, "--measure: %w", unknownColumn(measure, known))
		case slices.Contains(v.measures[:i], measure):
			return "", failure.Errorf(failure.Usage, "--measure: %s was given twice", measure)
		}
	}
	conditions := []string{"TRUE"}
	var columns []string
	for column := range v.where {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	for _, column := range columns {
		if !slices.Contains(known, column) {
			return "", failure.Errorf(failure.Usage, "--where: %w", unknownColumn(column, known))
		}
		conditions = append(conditions, "COALESCE(CAST("+engine.Name(column)+" AS VARCHAR), '') = "+engine.Text(v.where[column]))
	}
	selected := "*"
	for i, column := range v.columns {
		if !slices.Contains(known, column) {
			return "", failure.Errorf(failure.Usage, "--columns: %w", unknownColumn(column, known))
		}
		if slices.Contains(v.columns[:i], column) {
			return "", failure.Errorf(failure.Usage, "--columns: %s was given twice", column)
		}
		if i == 0 {
			selected = engine.Name(column)
		} else {
			selected += ", " + engine.Name(column)
		}
	}
	if len(v.models) > 0 {
		var quoted []string
		for _, model := range v.models {
			quoted = append(quoted, engine.Text(model))
		}
		if !slices.Contains(known, "model") {
			return "", failure.Errorf(failure.Usage, "--models: this report has no column model\nhint: leave --models out")
		}
		if err := v.checkModels(ctx, eng); err != nil {
			return "", err
		}
		conditions = append(conditions, "model IN ("+strings.Join(quoted, ", ")+")")
	}
	order := "rowid"
	if v.sort != "" {
		if !slices.Contains(known, v.sort) {
			return "", failure.Errorf(failure.Usage, "--sort: %w", unknownColumn(v.sort, known))
		}
		order = engine.Name(v.sort) + " DESC NULLS LAST, rowid"
		if len(v.measures) > 0 { // the lines of the tables stand in the order of the first model
			order = "MIN(rowid) OVER (PARTITION BY model), " + order
		}
	}
	return "SELECT " + selected + " FROM report WHERE " + strings.Join(conditions, " AND ") + " ORDER BY " + order, nil
}

// unknownColumn is the error about a name that is not among the columns of the report.
func unknownColumn(name string, known []string) error {
	return fmt.Errorf("%q is not a column of this report%s\nhint: the columns are %s", name, words.DidYouMean(name, known), strings.Join(known, ", "))
}

// checkModels refuses a model of which the report has no row, unless it has none at all.
func (v reportView) checkModels(ctx context.Context, eng *engine.Engine) error {
	_, rows, err := everything(ctx, eng, "SELECT DISTINCT model FROM report ORDER BY model")
	if err != nil || len(rows) == 0 {
		return err
	}
	var known []string
	for _, row := range rows {
		known = append(known, row[0].Text)
	}
	for _, model := range v.models {
		if !slices.Contains(known, model) {
			return failure.Errorf(failure.Usage, "--models: %q is not in this report%s\nhint: the models are %s", model, words.DidYouMean(model, known), strings.Join(known, ", "))
		}
	}
	return nil
}
