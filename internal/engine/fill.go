//go:build duckdb_arrow

package engine

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// errFillEnded tells a producer that the table no longer takes batches; the reason is what Fill
// returns.
var errFillEnded = errors.New("the table being filled takes no more record batches")

// Store creates a table of what a builder holds.
func (e *Engine) Store(ctx context.Context, table string, b *array.RecordBuilder) error {
	batch := b.NewRecordBatch()
	defer batch.Release()
	reader, err := array.NewRecordReader(b.Schema(), []arrow.RecordBatch{batch})
	if err != nil {
		return err
	}
	defer reader.Release()
	return e.CreateTable(ctx, table, reader)
}

// Fill creates a table of the record batches that produce sends while it runs. A batch sent is
// released once it is stored.
func (e *Engine) Fill(ctx context.Context, table string, schema *arrow.Schema, produce func(send func(arrow.RecordBatch) error) error) error {
	return feed(schema, produce, func(reader array.RecordReader) error { return e.CreateTable(ctx, table, reader) })
}

// feed runs produce and take side by side: take reads what produce sends.
func feed(schema *arrow.Schema, produce func(send func(arrow.RecordBatch) error) error, take func(array.RecordReader) error) error {
	reader := &channelReader{schema: schema, batches: make(chan arrow.RecordBatch, 2)}
	reader.references.Store(1)
	ended := make(chan struct{})
	var taken error
	go func() {
		defer close(ended)
		taken = take(reader)
	}()
	produced := produce(func(batch arrow.RecordBatch) error {
		select {
		case reader.batches <- batch:
			return nil
		case <-ended:
			batch.Release()
			return errFillEnded
		}
	})
	if produced != nil && !errors.Is(produced, errFillEnded) {
		reader.failure.Store(&produced)
	}
	close(reader.batches)
	<-ended
	for batch := range reader.batches {
		batch.Release()
	}
	if errors.Is(produced, errFillEnded) && taken != nil {
		return taken
	}
	return errors.Join(produced, taken)
}

// A channelReader hands on the record batches of a channel until it is closed.
type channelReader struct {
	schema     *arrow.Schema
	batches    chan arrow.RecordBatch
	current    arrow.RecordBatch
	failure    atomic.Pointer[error]
	references atomic.Int64
}

var _ array.RecordReader = (*channelReader)(nil)

func (r *channelReader) Schema() *arrow.Schema          { return r.schema }
func (r *channelReader) RecordBatch() arrow.RecordBatch { return r.current }
func (r *channelReader) Record() arrow.RecordBatch      { return r.current }
func (r *channelReader) Retain()                        { r.references.Add(1) }

func (r *channelReader) Release() {
	if r.references.Add(-1) == 0 && r.current != nil {
		r.current.Release()
		r.current = nil
	}
}

func (r *channelReader) Next() bool {
	if r.current != nil {
		r.current.Release()
		r.current = nil
	}
	batch, open := <-r.batches
	if !open || r.failure.Load() != nil {
		if batch != nil {
			batch.Release()
		}
		return false
	}
	r.current = batch
	return true
}

func (r *channelReader) Err() error {
	if failure := r.failure.Load(); failure != nil {
		return *failure
	}
	return nil
}
