package synthetic

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// parquetFiles writes a Parquet file to each table, all at once, through an engine of one thread:
// rows keep their order and the bytes are the same every time, and of each file no more than a row
// group is in memory.
type parquetFiles struct {
	engine *engine.Engine
	ctx    context.Context // ends when a file cannot be written
	stop   context.CancelCauseFunc
	files  []*parquetFile
}

type parquetFile struct {
	builder *array.RecordBuilder
	columns []*array.StringBuilder
	rows    int
	batches chan arrow.RecordBatch
	ended   chan error
}

const rowsPerBatch = 8192

func newParquet(ctx context.Context, directory string, tables []contract.Table) (*parquetFiles, error) {
	eng, err := engine.Open(ctx, engine.Options{Threads: 1, Directories: []string{directory}})
	if err != nil {
		return nil, err
	}
	s := &parquetFiles{engine: eng}
	s.ctx, s.stop = context.WithCancelCause(ctx)
	for _, t := range tables {
		s.files = append(s.files, s.open(filepath.Join(directory, t.Name+".parquet"), t))
	}
	return s, nil
}

func (s *parquetFiles) open(path string, t contract.Table) *parquetFile {
	var fields []arrow.Field
	var columns []engine.Typed
	for _, c := range t.Columns {
		fields = append(fields, arrow.Field{Name: c.Name, Type: arrow.BinaryTypes.String, Nullable: true})
		columns = append(columns, engine.Typed{Name: c.Name, Type: parquetType(t.Name, c)})
	}
	schema := arrow.NewSchema(fields, nil)
	f := &parquetFile{builder: array.NewRecordBuilder(memory.DefaultAllocator, schema), batches: make(chan arrow.RecordBatch, 1), ended: make(chan error, 1)}
	for _, column := range f.builder.Fields() {
		f.columns = append(f.columns, column.(*array.StringBuilder))
	}
	go func() {
		err := s.engine.WriteParquet(s.ctx, path, columns, schema, func(send func(arrow.RecordBatch) error) error {
			for batch := range f.batches {
				if err := send(batch); err != nil {
					return err
				}
			}
			return context.Cause(s.ctx)
		})
		if err != nil {
			s.stop(err)
		}
		f.ended <- err
	}()
	return f
}

// parquetType is the type of a column. Where some rows break its rule, as in a file that a person
// has edited, it is text.
func parquetType(table string, c contract.Column) string {
	if (table == "touchpoints" && c.Name == "occurred_at") || (table == "contacts" && c.Name == "created_at") {
		return "VARCHAR"
	}
	if c.Name == "closed_at" {
		return "DATE"
	}
	switch c.Kind {
	case contract.Instant, contract.DayStart, contract.DayEnd:
		return "TIMESTAMPTZ"
	case contract.Date:
		return "DATE"
	case contract.Bool:
		return "BOOLEAN"
	case contract.Money:
		return "DECIMAL(18, 2)"
	case contract.Micros:
		return "DECIMAL(18, 6)"
	case contract.Rate:
		return "DECIMAL(18, 4)"
	case contract.Whole:
		return "BIGINT"
	}
	return "VARCHAR"
}

func (s *parquetFiles) write(table int, r *record) error {
	f := s.files[table]
	for i, column := range f.columns {
		if cell := r.cell(i); len(cell) == 0 {
			column.AppendNull()
		} else {
			column.BinaryBuilder.Append(cell)
		}
	}
	if f.rows++; f.rows%rowsPerBatch != 0 {
		return nil
	}
	return s.send(f)
}

func (s *parquetFiles) send(f *parquetFile) error {
	select {
	case f.batches <- f.builder.NewRecordBatch():
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	}
}

func (s *parquetFiles) close(context.Context) error {
	for _, f := range s.files {
		if f.rows%rowsPerBatch != 0 {
			if err := s.send(f); err != nil {
				return err
			}
		}
	}
	return s.end()
}

// end waits for every file, and closes the engine. Of a failure, which ends them all, the first one
// is told.
func (s *parquetFiles) end() error {
	var errs []error
	for _, f := range s.files {
		close(f.batches)
		errs = append(errs, <-f.ended)
		f.builder.Release()
	}
	s.files = nil
	if failed := context.Cause(s.ctx); failed != nil {
		errs = []error{failed}
	}
	s.stop(nil)
	return errors.Join(append(errs, s.engine.Close())...)
}

func (s *parquetFiles) abandon() {
	if s.files != nil {
		s.stop(context.Canceled)
		_ = s.end() // what it was writing is removed
	}
}
