package gates

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// MeasuresFile is the file of the measures of a run, in its directory. It depends only on that run.
const MeasuresFile = "measures.parquet"

// A measure is a count or a sum: of a table, and of a column, a key or a month where it is about
// one. total is what the count is a part of; micros is money in millionths of the reporting
// currency.
const (
	measureColumns = "measure VARCHAR, table_name VARCHAR, column_name VARCHAR, key VARCHAR, period VARCHAR, n BIGINT, total BIGINT, micros HUGEINT"
	measureNames   = "measure, table_name, column_name, key, period, n, total, micros"
)

// measureFiles makes the table measures, with the measures of the loaded tables.
func (e *Evaluator) measureFiles(ctx context.Context) error {
	if err := e.engine.Exec(ctx, "CREATE OR REPLACE TABLE measures ("+measureColumns+")"); err != nil {
		return err
	}
	if err := e.engine.Exec(ctx, sql("newest_rates"), e.inputs.Currency); err != nil {
		return err
	}
	for _, t := range contract.Tables() {
		if !e.inputs.Gives(t.Name) {
			continue
		}
		if err := e.measure(ctx, measuresOf(t)...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if err := e.measure(ctx, sql("measure_quarantined", "{late}", lateTouches)); err != nil {
		return err
	}
	var given [][]any
	for _, f := range e.inputs.Files {
		for _, c := range f.Columns {
			if c.Header != "" || c.Value != "" {
				given = append(given, []any{"given", f.Table, c.Column, nil, nil, 1, nil, nil})
			}
		}
	}
	if err := e.insert(ctx, "measures", given); err != nil {
		return err
	}
	if err := attribution.FindUnknownReferences(ctx, e.engine); err != nil {
		return err
	}
	var shares []string
	for _, join := range attribution.Joins() {
		if e.inputs.Gives(join.Table) && e.inputs.Gives(join.Other) {
			shares = append(shares, "SELECT 'share', "+engine.Text(join.Table)+", "+engine.Text(join.Column)+", "+engine.Text(join.Check)+
				", NULL, joined, total, NULL FROM ("+join.Query+")")
		}
	}
	return e.measure(ctx, shares...)
}

// measure adds the rows of these queries to the measures.
func (e *Evaluator) measure(ctx context.Context, queries ...string) error {
	if len(queries) == 0 {
		return nil
	}
	return e.engine.Exec(ctx, "INSERT INTO measures SELECT * FROM ("+strings.Join(queries, ")\nUNION ALL SELECT * FROM (")+")")
}

// insert adds rows to a table, many by one statement.
func (e *Evaluator) insert(ctx context.Context, table string, rows [][]any) error {
	const atOnce = 200
	for some := range slices.Chunk(rows, atOnce) {
		row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(some[0])), ", ") + ")"
		values := strings.TrimSuffix(strings.Repeat(row+", ", len(some)), ", ")
		if err := e.engine.Exec(ctx, "INSERT INTO "+table+" VALUES "+values, slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// Write writes the measures into the directory of a run.
func (e *Evaluator) Write(ctx context.Context, directory string) error {
	query := "SELECT measure, table_name, column_name, key, period, n, total, CAST(micros AS DECIMAL(38, 0)) AS micros FROM measures ORDER BY ALL"
	if err := e.engine.Exec(ctx, "COPY (\n"+query+"\n) TO "+engine.Text(filepath.Join(directory, MeasuresFile))+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return fmt.Errorf("writing %s: %w", MeasuresFile, err)
	}
	return nil
}
