package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A Sample is the first rows of a table as they were read, without the columns that are empty in
// all of them.
type Sample struct {
	Table   string     `json:"table"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"` // cells as text; an empty one is NULL
}

// Samples reads the first rows of every table that was given, in the order of files and lines, after
// Examine or Load.
func Samples(ctx context.Context, eng *engine.Engine, in Inputs, rows int) ([]Sample, error) {
	var all []Sample
	for _, t := range contract.Tables() {
		if !in.Gives(t.Name) {
			continue
		}
		s, err := sampleOf(ctx, eng, t, rows)
		if err != nil {
			return nil, fmt.Errorf("table %s: reading its first rows: %w", t.Name, err)
		}
		all = append(all, s)
	}
	return all, nil
}

func sampleOf(ctx context.Context, eng *engine.Engine, t contract.Table, count int) (Sample, error) {
	var selects []string
	for _, c := range t.Columns {
		selects = append(selects, shownAs(c))
	}
	var read [][]string
	isFilled := make([]bool, len(t.Columns))
	err := eng.Each(ctx, "SELECT "+strings.Join(selects, ", ")+" FROM "+engine.Name("raw_"+t.Name)+
		fmt.Sprintf(" ORDER BY file_number, line LIMIT %d", count), func(scan engine.Scan) error {
		cells := make([]sql.NullString, len(t.Columns))
		into := make([]any, len(cells))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := scan(into...); err != nil {
			return err
		}
		row := make([]string, len(cells))
		for i, cell := range cells {
			row[i] = cell.String
			isFilled[i] = isFilled[i] || cell.Valid
		}
		read = append(read, row)
		return nil
	})
	if err != nil {
		return Sample{}, err
	}
	s := Sample{Table: t.Name}
	for i, c := range t.Columns {
		if isFilled[i] {
			s.Columns = append(s.Columns, c.Name)
		}
	}
	for _, row := range read {
		var kept []string
		for i, cell := range row {
			if isFilled[i] {
				kept = append(kept, cell)
			}
		}
		s.Rows = append(s.Rows, kept)
	}
	return s, nil
}

// shownAs is the SQL for the text of a cell of a raw table.
func shownAs(c contract.Column) string {
	name := func(suffix string) string { return engine.Name(c.Name + suffix) }
	switch c.Kind {
	case contract.Money, contract.Rate:
		digits, scale := name("_digits"), name("_scale")
		return "CASE WHEN " + digits + " < 0 THEN '-' ELSE '' END || CASE WHEN " + scale + " = 0 THEN CAST(ABS(" + digits + ") AS VARCHAR) ELSE " +
			"REGEXP_REPLACE(LPAD(CAST(ABS(" + digits + ") AS VARCHAR), CAST(GREATEST(LENGTH(CAST(ABS(" + digits + ") AS VARCHAR)), " + scale + " + 1) AS INTEGER), '0'), " +
			"'([0-9]{' || " + scale + " || '})$', '.\\1') END"
	case contract.Micros:
		return "REGEXP_REPLACE(CAST(CAST(" + name("_micros") + " AS DECIMAL(32, 0)) * CAST(0.000001 AS DECIMAL(6, 6)) AS VARCHAR), '[.]?0+$', '')"
	}
	return "CAST(" + name("") + " AS VARCHAR)"
}
