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

// MeasuresFile holds the measures of a run, in its directory. It depends on that run alone.
const MeasuresFile = "measures.parquet"

// A measure is a count or a sum: of a table, and of a column, a key or a month where it is about
// one. total is what the count is a part of; micros is money in millionths of the reporting
// currency.
const (
	measureColumns = "measure VARCHAR, table_name VARCHAR, column_name VARCHAR, key VARCHAR, period VARCHAR, n BIGINT, total BIGINT, micros HUGEINT"
	measureNames   = "measure, table_name, column_name, key, period, n, total, micros"
)

// measureFiles makes the table measures of what was loaded.
func (j *Judge) measureFiles(ctx context.Context) error {
	if err := j.engine.Exec(ctx, "CREATE OR REPLACE TABLE measures ("+measureColumns+")"); err != nil {
		return err
	}
	if err := j.engine.Exec(ctx, sql("newest_rates"), j.inputs.Currency); err != nil {
		return err
	}
	for _, t := range contract.Tables() {
		if !j.inputs.Gives(t.Name) {
			continue
		}
		if err := j.measure(ctx, measuresOf(t)...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if err := j.measure(ctx, sql("measure_quarantined", "{late}", lateTouches)); err != nil {
		return err
	}
	var given [][]any
	for _, f := range j.inputs.Files {
		for _, c := range f.Columns {
			if c.Header != "" || c.Value != "" {
				given = append(given, []any{"given", f.Table, c.Column, nil, nil, 1, nil, nil})
			}
		}
	}
	if err := j.insert(ctx, "measures", given); err != nil {
		return err
	}
	if err := attribution.FindUnknownReferences(ctx, j.engine); err != nil {
		return err
	}
	var shares []string
	for _, join := range attribution.Joins() {
		if j.inputs.Gives(join.Table) && j.inputs.Gives(join.Other) {
			shares = append(shares, "SELECT 'share', "+engine.Text(join.Table)+", "+engine.Text(join.Column)+", "+engine.Text(join.Check)+
				", NULL, joined, total, NULL FROM ("+join.Query+")")
		}
	}
	return j.measure(ctx, shares...)
}

// measure adds what these queries answer to the measures.
func (j *Judge) measure(ctx context.Context, queries ...string) error {
	if len(queries) == 0 {
		return nil
	}
	return j.engine.Exec(ctx, "INSERT INTO measures SELECT * FROM ("+strings.Join(queries, ")\nUNION ALL SELECT * FROM (")+")")
}

// insert adds rows to a table, many by one statement.
func (j *Judge) insert(ctx context.Context, table string, rows [][]any) error {
	const atOnce = 200
	for some := range slices.Chunk(rows, atOnce) {
		row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(some[0])), ", ") + ")"
		values := strings.TrimSuffix(strings.Repeat(row+", ", len(some)), ", ")
		if err := j.engine.Exec(ctx, "INSERT INTO "+table+" VALUES "+values, slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// Write writes the measures into the directory of a run.
func (j *Judge) Write(ctx context.Context, directory string) error {
	query := "SELECT measure, table_name, column_name, key, period, n, total, CAST(micros AS DECIMAL(38, 0)) AS micros FROM measures ORDER BY ALL"
	if err := j.engine.Exec(ctx, "COPY (\n"+query+"\n) TO "+engine.Text(filepath.Join(directory, MeasuresFile))+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return fmt.Errorf("writing %s: %w", MeasuresFile, err)
	}
	return nil
}
