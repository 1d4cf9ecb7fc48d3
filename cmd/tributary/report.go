package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// A reportView is how a report is printed.
type reportView struct {
	out, run string
	format   string
	columns  []string // only these, in this order; empty: those of the report's view
	measures []string // with these, the models stand side by side
	models   []string
	sort     string // by this column, after a minus the greatest first; empty: the order of the report
	limit    int    // at most so many rows; 0: all
	where    []condition
	by       string // only the periods of this type
	isAll    bool   // every row and column, in a table as well
	csvRaw   bool
	excel    bool // CSV for Excel
}

var reportForms = []string{"table", "markdown", "csv", "json"}

// isForPeople reports whether the report is printed as a person reads it. Other forms are exact, and
// have every row and column unless some are asked for.
func (v reportView) isForPeople() bool { return v.format == "table" || v.format == "markdown" }

// check refuses flags that do not go together.
func (v reportView) check() error {
	switch {
	case !slices.Contains(reportForms, v.format):
		return failure.Errorf(failure.Usage, "--format: %q is not table, markdown, csv or json%s", v.format, words.DidYouMean(v.format, reportForms))
	case v.limit < 0:
		return failure.Errorf(failure.Usage, "--limit: %d is not a number of rows (0, or nothing, shows all)", v.limit)
	case len(v.measures) > 0 && len(v.columns) > 0:
		return failure.Errorf(failure.Usage, "use either --measure or --columns, not both")
	}
	return v.checkExcel()
}

func reportCommand() *cobra.Command {
	v := reportView{}
	var where []string
	var describe, printSQL bool
	c := &cobra.Command{
		Use:   "report [NAME]",
		Short: "List the reports, or print one of a run as a table, Markdown, CSV or JSON",
		Long: `Without NAME, lists the reports. With it, prints that report of the current run; with --describe, what the report is about, its
key, and the unit and meaning of every column.

A table answers the common question: new business, under the primary model, over the whole reporting period. It says above and below
which rows these are. It shows names rather than ids, and the most important columns that the terminal has room for; below it are the
names of the others. --columns and --where choose others, and --all prints every row and column. CSV and JSON are exact and have
every row and column, unless you choose some.

--where COLUMN=VALUE keeps rows, and may be given several times:
  --where channel=webinar,email     one of these (a value with a comma: in double quotes, or --where twice)
  --where channel!=direct           anything else
  --where 'revenue>=1000'           also >, <=, <; of days: --where 'month>=2026-01-01'
  --where cohort_month=             rows in which the column is empty

--sort COLUMN puts the smallest first, --sort -COLUMN the greatest; rows without a value come last. --limit prints the first rows.

--measure puts the models side by side: a table for each measure, with a column for each model. In CSV and JSON, all are columns of
one table. --sort then means the first model.

--by week, month, quarter, year, fiscal-quarter, fiscal-year or all keeps the rows of these periods, in reports that have the column
period_type; of channel_performance and monthly_performance, it prints period_performance.`,
		Example: `  tributary report
  tributary report channel_performance --out results
  tributary report channel_performance --out results --sort -roi --limit 5
  tributary report channel_performance --out results --measure revenue,roi --models first_touch,w_shaped
  tributary report channel_performance --out results --by month --where channel=Webinar,Email
  tributary report campaign_performance --out results --where 'revenue>=1000' --format markdown
  tributary report funnel --out results
  tributary report funnel --describe
  tributary report reconciliation --out results --all`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			if len(given) == 0 {
				return listReports(c.OutOrStdout())
			}
			r := reports.Find(given[0])
			if r == nil {
				var names []string
				for _, known := range reports.All() {
					names = append(names, known.Name)
				}
				return failure.Errorf(failure.Usage, "%q is not a report%s\nhint: `tributary report` lists the reports", given[0], words.DidYouMeanOneOf(given[0], names))
			}
			if describe {
				return describeReport(*r, c.OutOrStdout())
			}
			if printSQL {
				_, err := fmt.Fprint(c.OutOrStdout(), r.SQL())
				return writing(err)
			}
			v.where = nil
			for _, w := range where {
				asked, err := parseCondition(w)
				if err != nil {
					return err
				}
				v.where = append(v.where, asked)
			}
			if err := v.check(); err != nil {
				return err
			}
			chosen, err := v.reportBy(*r)
			if err != nil {
				return err
			}
			return v.print(c.Context(), chosen, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	f := c.Flags()
	f.BoolVar(&describe, "describe", false, "print what the report is about and what its columns mean")
	f.BoolVar(&printSQL, "sql", false, "print the SQL that makes the report; it reads the tables of run --working-tables")
	f.StringVar(&v.out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&v.run, "run", "", "`RUN` to print from; by default the current one")
	f.StringVar(&v.format, "format", "table", "`FORM`: table, markdown, csv or json")
	f.StringSliceVar(&v.columns, "columns", nil, "only these `COLUMN`s, in this order")
	f.StringSliceVar(&v.measures, "measure", nil, "`COLUMN`s to show with the models side by side")
	f.StringSliceVar(&v.models, "models", nil, "only these models, by `NAME`")
	f.StringVar(&v.sort, "sort", "", "sort by this `COLUMN`, the smallest first; -COLUMN puts the greatest first")
	f.IntVar(&v.limit, "limit", 0, "at most `N` rows")
	f.StringArrayVar(&where, "where", nil, "only rows in which `COLUMN=VALUE`; also =A,B, !=, >=, <=, > and <")
	f.StringVar(&v.by, "by", "", "only the periods of this `TYPE`: "+strings.Join(alignment.PeriodTypes, ", "))
	f.BoolVar(&v.isAll, "all", false, "every row and column, without the defaults of the report")
	f.BoolVar(&v.csvRaw, "csv-raw", false, "write text cells that begin like a formula as they are (CSV)")
	f.BoolVar(&v.excel, "excel", false, "with --format csv: write for Excel, which then keeps identifiers as they are (docs/workbook.md)")
	return c
}

// print reads the report's Parquet file of the run and writes it in the form that was asked for.
func (v reportView) print(ctx context.Context, report reports.Report, out, errs io.Writer) error {
	r, err := openReport(ctx, v, report)
	if err != nil {
		return err
	}
	defer r.eng.Close()
	if v.asksForPage(report.Name) {
		return writeWeekly(ctx, r.eng, out)
	}
	if err := r.write(ctx, out, errs); err != nil {
		return fmt.Errorf("report %s: %w", report.Name, err)
	}
	return nil
}

// write writes the rows that are kept in the form that was asked for. What --where names and no row
// has is printed on errs.
func (r *reportReader) write(ctx context.Context, out, errs io.Writer) error {
	missed, err := r.missed(ctx)
	if err != nil {
		return err
	}
	for _, text := range missed {
		fmt.Fprintln(errs, text)
	}
	total, err := r.count(ctx, "FROM report WHERE "+r.kept)
	if err != nil {
		return err
	}
	if total == 0 {
		stream := errs
		if r.isForPeople() {
			stream = out
		}
		if _, err := fmt.Fprintf(stream, "%s: no rows\n", r.report.Name); err != nil || r.isForPeople() {
			return writing(err)
		}
	}
	query := r.query()
	if len(r.measures) > 0 {
		models, err := r.modelsOf(ctx)
		if err != nil {
			return err
		}
		query = r.sideBySide(r.measures, models)
	}
	switch {
	case r.format == "csv":
		return r.writeCSV(ctx, r.eng, query, out)
	case r.format == "json":
		return reports.WriteJSON(ctx, r.eng, query, out)
	case len(r.measures) > 0:
		return r.writeModels(ctx, out)
	}
	header, rows, err := everything(ctx, r.eng, query)
	if err != nil {
		return err
	}
	return r.page(header, rows, total, pageWidth(out)).write(ctx, out)
}
