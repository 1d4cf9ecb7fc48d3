package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Options say what is written, and how.
type Options struct {
	MinorScale    int // decimals of the reporting currency
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

// Write writes every report as CSV and Parquet, the credits and the tables, into a directory with
// the subdirectories reports and tables. Before it does, it checks that the reports tie out.
func Write(ctx context.Context, eng *engine.Engine, list []Report, directory string, o Options, show *progress.Display) (Written, error) {
	show.Stage("preparing reports")
	if err := prepare(ctx, eng, o); err != nil {
		return Written{}, err
	}
	checks, err := makeAll(ctx, eng, list, show.Count("making reports", progress.Reports, int64(len(list))))
	if err != nil {
		return Written{}, err
	}
	tied, err := attribution.Checks(ctx, eng, files, "sql/check")
	if err != nil {
		return Written{}, err
	}
	checks = append(checks, tied...)
	slices.SortFunc(checks, func(a, b attribution.Check) int { return strings.Compare(a.Name, b.Name) })
	wrote := show.Count("writing reports", progress.Reports, int64(len(list)))
	err = eng.Parallel(ctx, len(list), func(ctx context.Context, worker *engine.Engine, i int) error {
		defer wrote.Add(1)
		return list[i].write(ctx, worker, filepath.Join(directory, "reports"), o.CSVRaw)
	})
	if err != nil {
		return Written{}, err
	}
	if err := writeDictionary(ctx, eng, list, filepath.Join(directory, "reports", "data_dictionary.csv")); err != nil {
		return Written{}, fmt.Errorf("data dictionary: %w", err)
	}
	if o.Credits {
		show.Stage("writing credits")
		if err := writeParquet(ctx, eng, text("credits"), filepath.Join(directory, "credits.parquet")); err != nil {
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

// makeAll makes the tables of the reports, and returns that their keys were checked. The reports that
// read other reports come last.
func makeAll(ctx context.Context, eng *engine.Engine, list []Report, counter *progress.Counter) ([]attribution.Check, error) {
	checks := make([]attribution.Check, 0, len(list))
	for _, readsReports := range []bool{false, true} {
		var turn []Report
		for _, r := range list {
			if r.readsReports() == readsReports {
				turn = append(turn, r)
			}
		}
		made := make([]attribution.Check, len(turn))
		err := eng.Parallel(ctx, len(turn), func(ctx context.Context, worker *engine.Engine, i int) (err error) {
			defer counter.Add(1)
			made[i], err = turn[i].make(ctx, worker)
			return err
		})
		if err != nil {
			return nil, err
		}
		checks = append(checks, made...)
	}
	return checks, nil
}

// write writes a report into a directory, as Parquet and as CSV. Its rows have the order of its query
// because a worker of Parallel scans its table.
func (r Report) write(ctx context.Context, worker *engine.Engine, directory string, raw bool) error {
	query, base := "SELECT * FROM "+r.table(), filepath.Join(directory, r.Name)
	if err := writeParquet(ctx, worker, query, base+".parquet"); err != nil {
		return fmt.Errorf("report %s: %w", r.Name, err)
	}
	if err := writeCSVFile(ctx, worker, query, base+".csv", raw); err != nil {
		return fmt.Errorf("report %s: %w", r.Name, err)
	}
	return nil
}

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

// writeParquet writes the rows of a query. Its bytes do not depend on threads or memory where the query
// has a total order, or scans one table on one thread (engine.Parallel).
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
