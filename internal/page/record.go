package page

import (
	"math/big"
	"slices"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/reports"
)

// A record is one row of a report.
type record struct {
	*heading
	cells []reports.Cell
}

// A heading is what the records of a report have in common.
type heading struct {
	report *reports.Report
	at     map[string]int          // the place of each column that the run has
	kinds  map[string]present.Kind // how each of them is shown
}

func (rec record) matches(where map[string]string) bool {
	for column, text := range where {
		if _, isThere := rec.at[column]; !isThere || rec.text(column) != text {
			return false
		}
	}
	return true
}

// raw is the text of a cell as the report has it, for selections alone: it can hold an e-mail. That
// of NULL, and of a column that the run does not have, is empty.
func (rec record) raw(column string) string { return rec.cell(column).Text }

// cell is that of a column; NULL if the run does not have the column.
func (rec record) cell(column string) reports.Cell {
	at, isThere := rec.at[column]
	if !isThere || rec.cells[at].IsNull {
		return reports.Cell{IsNull: true}
	}
	return rec.cells[at]
}

// text is the exact text of a cell, with e-mails hidden.
func (rec record) text(column string) string {
	if rec.cell(column).IsText {
		return present.WithoutAddresses(rec.raw(column))
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
		if _, isThere := rec.at[column]; isThere {
			key[column] = rec.text(column)
		}
	}
	return key
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
