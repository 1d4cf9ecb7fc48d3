package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tributary/attribution"
	"tributary/attribution/credit"
	"tributary/internal/contract"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/progress"
)

// Options say what is written, and how.
type Options struct {
	MinorScale    int            // decimals of the reporting currency
	Zone          *time.Location // reporting zone
	PeriodStart   string
	PeriodEnd     string   // empty: no end was asked for
	Credits       bool     // write credits.parquet
	PublishTables bool     // write tables/*.parquet
	Tables        []string // the contract tables
	CSVRaw        bool     // leave text cells that begin like a formula as they are
}

// Written is what Write has to say of itself.
type Written struct {
	Checks []attribution.Check
	Totals []Total
}

// A Total is a row of the reconciliation: exact decimals.
type Total struct {
	ConversionType, OpportunityType, Model, Currency string
	Total, Attributed, Unattributed                  string
	TotalCount, AttributedCount, UnattributedCount   string
}

// Write writes every report as CSV and Parquet, the credits and the tables, into a directory with the subdirectories
// reports and tables. Before it does, it checks that the reports tie out.
func Write(ctx context.Context, eng *engine.Engine, list []Report, models []credit.Model, directory string, o Options, show *progress.Display) (Written, error) {
	w := words{minorScale: o.MinorScale}
	for _, m := range models {
		w.models = append(w.models, m.Name)
	}
	show.Stage("preparing reports")
	var err error
	if w.stages, err = stagesOf(ctx, eng); err != nil {
		return Written{}, err
	}
	if err := prepare(ctx, eng, w, o); err != nil {
		return Written{}, err
	}
	if err := w.makeFunnel(ctx, eng, o.Zone); err != nil {
		return Written{}, fmt.Errorf("following the funnel: %w", err)
	}
	made := show.Count("making reports", progress.Reports, int64(len(list)))
	for _, r := range list {
		if err := w.makeReport(ctx, eng, r); err != nil {
			return Written{}, fmt.Errorf("report %s: %w", r.Name, err)
		}
		made.Add(1)
	}
	checks, err := attribution.Checks(ctx, eng, files, "sql/check", w.statement)
	if err != nil {
		return Written{}, err
	}
	wrote := show.Count("writing reports", progress.Reports, int64(len(list)))
	for _, r := range list {
		query, base := "SELECT * FROM "+r.table()+" ORDER BY rowid", filepath.Join(directory, "reports", r.Name)
		if err := writeParquet(ctx, eng, query, base+".parquet"); err != nil {
			return Written{}, fmt.Errorf("report %s: %w", r.Name, err)
		}
		if err := writeCSVFile(ctx, eng, query, base+".csv", o.CSVRaw); err != nil {
			return Written{}, fmt.Errorf("report %s: %w", r.Name, err)
		}
		wrote.Add(1)
	}
	if o.Credits {
		show.Stage("writing credits")
		query, err := w.statement("credits")
		if err != nil {
			return Written{}, err
		}
		if err := writeParquet(ctx, eng, query, filepath.Join(directory, "credits.parquet")); err != nil {
			return Written{}, fmt.Errorf("credits: %w", err)
		}
	}
	if o.PublishTables {
		if err := writeTables(ctx, eng, o.Tables, filepath.Join(directory, "tables"), show); err != nil {
			return Written{}, err
		}
	}
	totals, err := totals(ctx, eng)
	return Written{Checks: checks, Totals: totals}, err
}

// makeReport makes the engine's table report_<name>: the rows of the report, in its order.
func (w words) makeReport(ctx context.Context, eng *engine.Engine, r Report) error {
	query, err := w.statement(r.Name)
	if err != nil {
		return err
	}
	return eng.Exec(ctx, "CREATE TABLE "+r.table()+" AS\n"+query)
}

func (r Report) table() string { return engine.Name("report_" + r.Name) }

// totals reads the reconciliation again, for the manifest.
func totals(ctx context.Context, eng *engine.Engine) ([]Total, error) {
	var found []Total
	var column map[string]int
	err := Rows(ctx, eng, "SELECT * FROM report_reconciliation ORDER BY rowid",
		func(header []string) error {
			column = map[string]int{}
			for i, name := range header {
				column[name] = i
			}
			return nil
		},
		func(cells []Cell) error {
			cell := func(name string) string { return cells[column[name]].Text }
			found = append(found, Total{
				ConversionType: cell("conversion_type"), OpportunityType: cell("opportunity_type"), Model: cell("model"), Currency: cell("currency"),
				Total: cell("total"), Attributed: cell("attributed"), Unattributed: cell("unattributed"),
				TotalCount: cell("total_count"), AttributedCount: cell("attributed_count"), UnattributedCount: cell("unattributed_count"),
			})
			return nil
		})
	return found, err
}

// prepare makes the small tables that reports share, and the performance table that three of them add up.
func prepare(ctx context.Context, eng *engine.Engine, w words, o Options) error {
	if err := defineFunctions(ctx, eng); err != nil {
		return err
	}
	statements := []struct {
		text string
		args []any
	}{
		{`CREATE OR REPLACE TABLE report_period AS
			SELECT CAST(NULLIF(?, '') AS DATE) AS period_start, CAST(NULLIF(?, '') AS DATE) AS period_end, g.currency, g.minor_per_unit
			FROM settings AS g`, []any{o.PeriodStart, o.PeriodEnd}},
		{`CREATE OR REPLACE TABLE opportunity_types AS ` + placed("opportunity_type"), []any{contract.OpportunityTypes}},
	}
	for _, s := range statements {
		if err := eng.Exec(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("preparing reports: %w", err)
		}
	}
	performance, err := w.statement("shared/performance")
	if err != nil {
		return err
	}
	if err := eng.Exec(ctx, performance); err != nil {
		return fmt.Errorf("adding up performance: %w", err)
	}
	return nil
}

// placed gives names their places, from 0.
func placed(column string) string {
	return "SELECT UNNEST(n.names) AS " + column + ", CAST(GENERATE_SUBSCRIPTS(n.names, 1) - 1 AS INTEGER) AS position FROM (SELECT CAST(? AS VARCHAR[]) AS names) AS n"
}

// writeParquet writes a query that has a total order: its bytes do not depend on threads or memory.
func writeParquet(ctx context.Context, eng *engine.Engine, query, path string) error {
	if err := eng.Exec(ctx, "COPY (\n"+query+"\n) TO "+engine.Text(path)+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

func writeCSVFile(ctx context.Context, eng *engine.Engine, query, path string, raw bool) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return failure.Writing("writing %s: %w", path, err)
	}
	if err := WriteCSV(ctx, eng, query, f, raw); err != nil {
		return fmt.Errorf("writing %s: %w", path, joinClose(err, f))
	}
	if err := f.Close(); err != nil {
		return failure.Writing("writing %s: %w", path, err)
	}
	return nil
}

func joinClose(err error, f *os.File) error {
	if closeErr := f.Close(); closeErr != nil {
		return fmt.Errorf("%w (and closing it: %w)", err, closeErr)
	}
	return err
}
