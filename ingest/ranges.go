package ingest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A Range is what the cells of an instant or a date column lie between, of the rows that were
// loaded.
type Range struct {
	Table, Column  string
	Oldest, Newest string // instants in RFC 3339, UTC; dates as YYYY-MM-DD; empty where no cell has one
	Empty          int64  // cells without a value
	Rows           int64
}

// Ranges reads them off every table that was given, after Examine or Load.
func Ranges(ctx context.Context, eng *engine.Engine, in Inputs) ([]Range, error) {
	given := map[string]bool{}
	for _, f := range in.Files {
		given[f.Table] = true
	}
	var found []Range
	for _, t := range contract.Tables() {
		if !given[t.Name] {
			continue
		}
		ranges, err := rangesOf(ctx, eng, t)
		if err != nil {
			return nil, fmt.Errorf("table %s: finding its dates: %w", t.Name, err)
		}
		found = append(found, ranges...)
	}
	return found, nil
}

// rangesOf asks for all columns of a table at once.
func rangesOf(ctx context.Context, eng *engine.Engine, t contract.Table) ([]Range, error) {
	var found []Range
	selects := []string{"COUNT(*)"}
	for _, c := range t.Columns {
		if c.Kind.IsTime() {
			found = append(found, Range{Table: t.Name, Column: c.Name})
			name := engine.Name(c.Name)
			selects = append(selects, "MIN("+name+")", "MAX("+name+")", "COUNT("+name+")")
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	var rows int64
	counts, instants := make([]int64, len(found)), make([]*time.Time, 2*len(found))
	cells := []any{&rows}
	for i := range found {
		cells = append(cells, &instants[2*i], &instants[2*i+1], &counts[i])
	}
	if err := eng.Row(ctx, "SELECT "+strings.Join(selects, ", ")+" FROM "+engine.Name("raw_"+t.Name), nil, cells...); err != nil {
		return nil, err
	}
	for i := range found {
		form := time.RFC3339Nano
		if kindOf(t, found[i].Column) == contract.Date {
			form = time.DateOnly
		}
		if instants[2*i] != nil {
			found[i].Oldest, found[i].Newest = instants[2*i].UTC().Format(form), instants[2*i+1].UTC().Format(form)
		}
		found[i].Rows, found[i].Empty = rows, rows-counts[i]
	}
	return found, nil
}

func kindOf(t contract.Table, column string) contract.Kind {
	for _, c := range t.Columns {
		if c.Name == column {
			return c.Kind
		}
	}
	panic(fmt.Sprintf("%s has no column %q", t.Name, column))
}
