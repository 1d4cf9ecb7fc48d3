package workbook

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// maxRows is the greatest number of rows of a sheet. Excel can hold 1,048,576. But a report that
// long (by week, channel and model) makes a file of 20 MB and more that opens in half a minute, and
// nobody reads it; what queries it reads the CSV or the Parquet file. All but two or three reports
// of a company of 100,000 touchpoints have fewer rows than this.
const maxRows = 10_000

// A listing is what the workbook knows of a report: for the first sheet and the definitions.
type listing struct {
	report     reports.Report
	columns    []column
	definition int   // the row of its first column among the definitions
	total      int64 // rows of the report
	written    int   // rows of its sheet
	left       []string
}

// rows are those of a report that its sheet has.
type rows struct {
	cells [][]reports.Cell
	total int64  // of the report
	which string // which rows were left out, empty if none
}

// rowsOf reads the rows of a report, in its order. A report that is too long is cut to the rows of
// the primary model if it has models: one model that is complete serves better than all of them in
// part. If these are too many as well, or there is no model, the first rows remain.
func rowsOf(ctx context.Context, run *published.Run, l listing, primary string) (rows, error) {
	// The engine keeps no order of its own: file_row_number is the order of the report.
	file := "read_parquet(" + engine.Text(filepath.Join(run.Directory, "reports", l.report.Name+".parquet")) + ", file_row_number = true)"
	total, err := count(ctx, run, file, "TRUE")
	if err != nil {
		return rows{}, err
	}
	r, condition := rows{total: total}, "TRUE"
	hasModels := slices.ContainsFunc(l.columns, func(c column) bool { return c.Name == "model" })
	if total > maxRows {
		left, kept := total-maxRows, int64(0)
		r.which = "the last " + words.Count(left, "row") + " of " + words.Number(total)
		if hasModels {
			ofPrimary := "COALESCE(model, '') IN ('', " + engine.Text(primary) + ")"
			if kept, err = count(ctx, run, file, ofPrimary); err != nil {
				return rows{}, err
			}
			if kept > 0 {
				condition = ofPrimary
				r.which = "the rows of all models except " + primary + " (" + words.Number(total-kept) + " of " + words.Number(total) + ")"
			}
			if kept > maxRows {
				r.which += " and the last " + words.Count(kept-maxRows, "row") + " of " + primary
			}
		}
	}
	table, err := run.Read(ctx, "SELECT * EXCLUDE (file_row_number) FROM "+file+" WHERE "+condition+" ORDER BY file_row_number LIMIT "+strconv.Itoa(maxRows))
	if err != nil {
		return rows{}, fmt.Errorf("report %s: %w", l.report.Name, err)
	}
	r.cells = table.Rows
	return r, nil
}

func count(ctx context.Context, run *published.Run, file, condition string) (n int64, err error) {
	err = run.Engine.Row(ctx, "SELECT COUNT(*) FROM "+file+" WHERE "+condition, nil, &n)
	return n, err
}
