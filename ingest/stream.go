package ingest

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// A stream is an array.RecordReader over batches that another goroutine makes. The engine pulls
// from it.
type stream struct {
	ctx     context.Context
	schema  *arrow.Schema
	batches chan arrow.RecordBatch // closed by the maker, after fail if it failed
	current arrow.RecordBatch
	holders atomic.Int64

	lock sync.Mutex
	err  error
}

var _ array.RecordReader = (*stream)(nil)

func newStream(ctx context.Context, schema *arrow.Schema) *stream {
	s := &stream{ctx: ctx, schema: schema, batches: make(chan arrow.RecordBatch, 1)}
	s.holders.Store(1)
	return s
}

// send hands a batch to the engine, or fails when the engine no longer asks for any.
func (s *stream) send(batch arrow.RecordBatch) error {
	select {
	case s.batches <- batch:
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	}
}

func (s *stream) fail(err error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.err == nil {
		s.err = err
	}
}

func (s *stream) Next() bool {
	s.drop()
	select {
	case batch, more := <-s.batches:
		s.current = batch
		return more && s.Err() == nil
	case <-s.ctx.Done():
		s.fail(context.Cause(s.ctx))
		return false
	}
}

func (s *stream) drop() {
	if s.current != nil {
		s.current.Release()
		s.current = nil
	}
}

func (s *stream) Err() error {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.err
}

func (s *stream) Schema() *arrow.Schema          { return s.schema }
func (s *stream) RecordBatch() arrow.RecordBatch { return s.current }
func (s *stream) Record() arrow.RecordBatch      { return s.current }
func (s *stream) Retain()                        { s.holders.Add(1) }
func (s *stream) Release() {
	if s.holders.Add(-1) == 0 {
		s.drop()
	}
}
