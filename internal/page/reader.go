package page

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

// A reader reads the reports of a run, and knows what is common to all figures of the page.
type reader struct {
	run      *published.Run
	most     limits
	columns  map[string][]string // of each report that was read, those that its file has
	currency string
	decimals int      // of an amount
	primary  string   // the model that heads the figures
	models   []string // of the run, the primary one first
	types    []string // of opportunities: the one with the most pipeline first
	channels []string // by pipeline of the first type, the greatest first
	asOf     string   // for a reader
	asOfDay  string   // its day in the reporting time zone
	period   string   // what the reporting period is called
	calendar string   // the type of the periods that are compared: quarter, or month in a short history
	recent   []span   // the newest periods of that type, the newest first
}

// A span is a period of the calendar.
type span struct{ start, end, label string }

// A record is one row of a report.
type record struct {
	report reports.Report
	cells  map[string]reports.Cell
}

// An ask selects rows of a report: those in which every column of where has its value (an empty one
// is NULL), and every column of in one of its values. Without order they come as the report has them.
type ask struct {
	report  string
	columns []string // beside the grain; those that the run does not have are left out
	where   map[string]string
	in      map[string][]string
	order   string // by this column, the greatest first
	limit   int
}

// rows answers an ask. A run of an earlier version may lack the report, or a column that the ask
// selects by: then there are no rows.
func (r *reader) rows(ctx context.Context, a ask) ([]record, error) {
	report := reports.Find(a.report)
	if !r.run.Has(a.report) || report == nil {
		return nil, nil
	}
	known, err := r.columnsOf(ctx, a.report)
	if err != nil {
		return nil, err
	}
	var selected, conditions []string
	for _, column := range slices.Concat(report.Grain, a.columns) {
		if slices.Contains(known, column) && !slices.Contains(selected, engine.Name(column)) {
			selected = append(selected, engine.Name(column))
		}
	}
	for _, column := range sortedKeys(a.where) {
		if !slices.Contains(known, column) {
			return nil, nil
		}
		conditions = append(conditions, "COALESCE(CAST("+engine.Name(column)+" AS VARCHAR), '') = "+engine.Text(a.where[column]))
	}
	for _, column := range sortedKeys(a.in) {
		if !slices.Contains(known, column) || len(a.in[column]) == 0 {
			return nil, nil
		}
		quoted := make([]string, len(a.in[column]))
		for i, value := range a.in[column] {
			quoted[i] = engine.Text(value)
		}
		conditions = append(conditions, engine.Name(column)+" IN ("+strings.Join(quoted, ", ")+")")
	}
	query := "SELECT " + strings.Join(selected, ", ") + " FROM read_parquet(" + engine.Text(r.file(a.report)) + ", file_row_number = true)"
	if len(conditions) > 0 {
		query += " WHERE " + strings.Join(conditions, " AND ")
	}
	query += " ORDER BY "
	if a.order != "" {
		if !slices.Contains(known, a.order) {
			return nil, nil
		}
		query += engine.Name(a.order) + " DESC NULLS LAST, "
	}
	query += "file_row_number"
	if a.limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", a.limit)
	}
	table, err := r.run.Read(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("report %s: %w", a.report, err)
	}
	records := make([]record, len(table.Rows))
	for i, row := range table.Rows {
		records[i] = record{report: *report, cells: make(map[string]reports.Cell, len(row))}
		for j, column := range table.Columns {
			records[i].cells[column] = row[j]
		}
	}
	return records, nil
}

func (r *reader) file(report string) string {
	return filepath.Join(r.run.Directory, "reports", report+".parquet")
}

// columnsOf are the columns that the run's file of a report has.
func (r *reader) columnsOf(ctx context.Context, report string) ([]string, error) {
	if known, ok := r.columns[report]; ok {
		return known, nil
	}
	table, err := r.run.Read(ctx, "SELECT * FROM "+engine.Name(report)+" LIMIT 0")
	if err != nil {
		return nil, fmt.Errorf("report %s: %w", report, err)
	}
	r.columns[report] = table.Columns
	return table.Columns, nil
}

// settings is the configuration of the run. That of another version may not be readable: then it is
// empty.
func settings(directory string) config.Job {
	path := filepath.Join(directory, "config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return config.Job{}
	}
	job, err := config.Parse(path, text)
	if err != nil {
		return config.Job{}
	}
	return job
}

// raw is the text of a cell as the report has it, for selections alone: it can hold an e-mail. That
// of NULL, and of a column that the run does not have, is empty.
func (rec record) raw(column string) string {
	cell := rec.cells[column]
	if cell.IsNull {
		return ""
	}
	return cell.Text
}

// text is the exact text of a cell, with e-mails hidden.
func (rec record) text(column string) string {
	if rec.cells[column].IsText {
		return safe(rec.raw(column))
	}
	return rec.raw(column)
}

// number is the value of a cell, or nil.
func (rec record) number(column string) *big.Rat {
	n, ok := new(big.Rat).SetString(rec.text(column))
	if !ok {
		return nil
	}
	return n
}

// amount is the value of a cell for drawing, and 0 if there is none.
func (rec record) amount(column string) float64 {
	if n := rec.number(column); n != nil {
		f, _ := n.Float64()
		return f
	}
	return 0
}

func (rec record) has(column string) bool { return rec.number(column) != nil }

// key is what the grain of the report says of the row.
func (rec record) key() map[string]string {
	key := map[string]string{}
	for _, column := range rec.report.Grain {
		if _, isThere := rec.cells[column]; isThere {
			key[column] = rec.text(column)
		}
	}
	return key
}

// sum adds up a column of several rows, exactly, with the decimals of the cells.
func sum(records []record, column string) string {
	total, decimals := new(big.Rat), 0
	for _, rec := range records {
		if n := rec.number(column); n != nil {
			total.Add(total, n)
			_, fraction, _ := strings.Cut(rec.text(column), ".")
			decimals = max(decimals, len(fraction))
		}
	}
	return total.FloatString(decimals)
}

// only keeps the records in which a column has this text.
func only(records []record, column, text string) []record {
	var kept []record
	for _, rec := range records {
		if rec.text(column) == text {
			kept = append(kept, rec)
		}
	}
	return kept
}

// distinct are the texts of a column in the order of their first row.
func distinct(records []record, column string) []string {
	var found []string
	seen := map[string]bool{}
	for _, rec := range records {
		if text := rec.text(column); !seen[text] {
			seen[text] = true
			found = append(found, text)
		}
	}
	return found
}

// byGreatest sorts records by a number, the greatest first; those without one come last.
func byGreatest(records []record, column string) []record {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b record) int {
		x, y := a.number(column), b.number(column)
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		return y.Cmp(x)
	})
	return sorted
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
