package workbook

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// maxRows is the greatest number of rows of a sheet. Excel can hold 1,048,576. But a report that is
// longer than this (by week, channel and model) is not read by people, and what queries it reads the
// CSV or the Parquet file. With 100,000 rows, the workbook of a company of 100,000 touchpoints would
// be three times as large, and take half a minute to open.
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
	f := reportFile{run, published.NumberedRows(run.Directory, published.ReportFile(l.report.Name))}
	total, err := f.number(ctx, "COUNT(*)", "TRUE")
	if err != nil {
		return rows{}, err
	}
	r, condition := rows{total: total}, "TRUE"
	if total > maxRows {
		hasModels := slices.ContainsFunc(l.columns, func(c column) bool { return c.Name == "model" })
		if condition, r.which, err = f.cut(ctx, total, hasModels, primary); err != nil {
			return rows{}, err
		}
	}
	r.cells, err = f.read(ctx, condition)
	return r, err
}

// A reportFile is the Parquet file of a report, with the numbers of its rows: the engine keeps no
// order of its own, and to sort wide rows takes it longer than to read them.
type reportFile struct {
	run  *published.Run
	from string
}

func (f reportFile) number(ctx context.Context, expression, condition string) (n int64, err error) {
	err = f.run.Engine.Row(ctx, "SELECT "+expression+" FROM "+f.from+" WHERE "+condition, nil, &n)
	return n, err
}

// cut returns the condition of the rows that a sheet can have, and which others are left out.
func (f reportFile) cut(ctx context.Context, total int64, hasModels bool, primary string) (condition, which string, err error) {
	if !hasModels {
		return firstRows, "the last " + words.Count(total-maxRows, "row") + " of " + words.Number(total), nil
	}
	condition = "COALESCE(model, '') IN ('', " + engine.Text(primary) + ")"
	kept, err := f.number(ctx, "COUNT(*)", condition)
	if err != nil {
		return "", "", err
	}
	if kept == 0 { // of no model of this run
		return f.cut(ctx, total, false, primary)
	}
	if kept < total {
		which = "the rows of all models except " + primary + " (" + words.Number(total-kept) + " of " + words.Number(total) + ")"
	}
	if kept <= maxRows {
		return condition, which, nil
	}
	if which != "" {
		which += " and "
	}
	which += "the last " + words.Count(kept-maxRows, "row") + " of " + primary
	last, err := f.number(ctx, "file_row_number", condition+" ORDER BY 1 LIMIT 1 OFFSET "+strconv.Itoa(maxRows-1))
	return condition + " AND file_row_number <= " + strconv.FormatInt(last, 10), which, err
}

var firstRows = "file_row_number < " + strconv.Itoa(maxRows)

// read reads rows in the order of the file.
func (f reportFile) read(ctx context.Context, condition string) ([][]reports.Cell, error) {
	table, err := f.run.Read(ctx, "SELECT * FROM "+f.from+" WHERE "+condition)
	if err != nil {
		return nil, err
	}
	at := slices.Index(table.Columns, "file_row_number")
	place := func(row []reports.Cell) int {
		n, _ := strconv.Atoi(row[at].Text) // the engine numbers rows with whole numbers
		return n
	}
	slices.SortFunc(table.Rows, func(a, b []reports.Cell) int { return cmp.Compare(place(a), place(b)) })
	for i := range table.Rows {
		table.Rows[i] = slices.Delete(table.Rows[i], at, at+1)
	}
	return table.Rows, nil
}
