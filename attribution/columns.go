package attribution

import (
	"context"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// derive makes a table from the record batches of a query, each transformed by each.
func derive(ctx context.Context, eng *engine.Engine, table string, schema *arrow.Schema, query string, each func(in arrow.RecordBatch, out *array.RecordBuilder)) error {
	return eng.Fill(ctx, table, schema, func(send func(arrow.RecordBatch) error) error {
		return eng.Stream(ctx, query, func(reader array.RecordReader) error {
			out := array.NewRecordBuilder(memory.DefaultAllocator, schema)
			defer out.Release()
			for reader.Next() {
				each(reader.RecordBatch(), out)
				if err := send(out.NewRecordBatch()); err != nil {
					return err
				}
			}
			return reader.Err()
		})
	})
}

// int32Columns reads n INTEGER columns whole. Keys are dense, so 2^31 of them are the limit of a
// run.
func int32Columns(ctx context.Context, eng *engine.Engine, n int, query string) ([][]int32, error) {
	columns := make([][]int32, n)
	err := eng.Stream(ctx, query, func(reader array.RecordReader) error {
		for reader.Next() {
			for i := range n {
				columns[i] = append(columns[i], reader.RecordBatch().Column(i).(*array.Int32).Int32Values()...)
			}
			if len(columns[0]) > math.MaxInt32-batchRows {
				return failure.Errorf(failure.Resources, "more than %d records to stitch", math.MaxInt32)
			}
		}
		return reader.Err()
	})
	return columns, err
}

// storeWords makes a table of one text column.
func storeWords(ctx context.Context, eng *engine.Engine, table, column string, words []string) error {
	t := engine.NewTable(column + " VARCHAR")
	for _, word := range words {
		t.Add(word)
	}
	return eng.StoreTable(ctx, table, t)
}
