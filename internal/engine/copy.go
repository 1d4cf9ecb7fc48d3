//go:build duckdb_arrow

package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// A Typed column is written to Parquet as this type of the engine, whatever it is in the record
// batches.
type Typed struct{ Name, Type string }

// WriteParquet writes the record batches that produce sends while it runs to a Parquet file, in
// their order, and holds no more of them than one row group. Several files can be written at once,
// each over a connection of its own. The bytes are the same every time only in an engine of one
// thread.
func (e *Engine) WriteParquet(ctx context.Context, path string, columns []Typed, schema *arrow.Schema,
	produce func(send func(arrow.RecordBatch) error) error,
) error {
	return feed(schema, produce, func(reader array.RecordReader) error { return e.copyParquet(ctx, path, columns, reader) })
}

// copyParquet asks the view for all of its columns in their order, which is all that such a view
// can be asked (CreateTable).
func (e *Engine) copyParquet(ctx context.Context, path string, columns []Typed, reader array.RecordReader) error {
	conn, arrowConn, err := connect(ctx, e.db)
	if err != nil {
		return classify(ctx, fmt.Errorf("writing %s: %w", path, err))
	}
	defer conn.Close()
	view := "arrow_out_" + strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	release, err := arrowConn.RegisterView(reader, view)
	if err != nil {
		return fmt.Errorf("handing record batches of %s to the engine: %w", path, err)
	}
	defer release()
	var casts []string
	for _, c := range columns {
		casts = append(casts, "CAST("+Name(c.Name)+" AS "+c.Type+") AS "+Name(c.Name))
	}
	_, err = conn.ExecContext(ctx, "COPY (SELECT "+strings.Join(casts, ", ")+" FROM "+Name(view)+") TO "+Text(path)+" (FORMAT parquet, COMPRESSION zstd)")
	if readErr := reader.Err(); readErr != nil {
		err = readErr // the engine wraps what the reader said; say it as it was
	}
	_, dropErr := conn.ExecContext(context.WithoutCancel(ctx), "DROP VIEW IF EXISTS "+Name(view))
	return errors.Join(classify(ctx, err), dropErr)
}
