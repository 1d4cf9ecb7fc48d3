package ingest

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"tributary/internal/engine"
)

// chunk reads rows [from, to) of the file as text, and types them as those of a CSV file are.
func (p *parquetFile) chunk(ctx context.Context, from, to int64) ([]result, error) {
	query := "SELECT file_row_number"
	for i, column := range p.selects {
		query += fmt.Sprintf(", %s AS c%d", column, i)
	}
	query += " FROM read_parquet(?, file_row_number = true, hive_partitioning = false, binary_as_string = true)" +
		" WHERE file_row_number >= ? AND file_row_number < ?"
	var results []result
	err := p.engine.Stream(ctx, query, func(text array.RecordReader) (err error) {
		results, err = p.typeAll(text)
		return err
	}, p.link, from, to)
	if err != nil {
		return nil, p.damaged(ctx, err)
	}
	return results, nil
}

// typeAll types batches of text, several at once.
func (p *parquetFile) typeAll(text array.RecordReader) ([]result, error) {
	threads := p.opt.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	batches := make(chan arrow.RecordBatch, threads)
	var lock sync.Mutex
	var results []result
	var working sync.WaitGroup
	for range threads {
		working.Go(func() {
			r := newTyper(p.table, p.typed, p.name, p.number, p.layout)
			keep := func() {
				lock.Lock()
				defer lock.Unlock()
				results = append(results, r.take())
			}
			size := 0
			for batch := range batches {
				size += typeBatch(r, batch, p.numbers)
				p.counter.Add(batch.NumRows())
				batch.Release()
				if size > defaultBlockSize {
					keep()
					size = 0
				}
			}
			keep()
		})
	}
	for text.Next() {
		batch := text.RecordBatch()
		batch.Retain()
		batches <- batch
	}
	close(batches)
	working.Wait()
	return results, text.Err()
}

// typeBatch types a batch whose first column is the row's number and whose others are text, of which numbers says how it
// is read on, and returns the size of that text.
func typeBatch(r *typer, batch arrow.RecordBatch, numbers []numberText) (size int) {
	lines := batch.Column(0).(*array.Int64)
	columns := make([]*array.String, batch.NumCols()-1)
	for i := range columns {
		columns[i] = batch.Column(i + 1).(*array.String)
	}
	values := make([][]byte, len(columns))
	for i, column := range columns {
		values[i] = column.ValueBytes()
		size += len(values[i])
	}
	fields := make([][]byte, len(columns))
	for row := range int(batch.NumRows()) {
		for i, column := range columns {
			fields[i] = nil
			if column.IsValid(row) {
				start := column.ValueOffset(row) - column.ValueOffset(0)
				fields[i] = values[i][start : start+column.ValueLen(row)]
				if read := numbers[i]; read != nil {
					fields[i] = read(fields[i])
				}
			}
		}
		bad := len(r.bad)
		r.record(fields, nil, lines.Value(row)+1, false)
		if len(r.bad) > bad {
			r.bad[bad].Raw = cut(rawRecord(fields), maxRaw)
		}
	}
	return size + 64*int(batch.NumRows())
}

// insert adds typed batches to the raw table.
func (p *parquetFile) insert(ctx context.Context, results []result) error {
	raw, part := "raw_"+p.table.Name, "raw_"+p.table.Name+"_part"
	var batches []arrow.RecordBatch
	for _, done := range results {
		if done.batch != nil {
			batches = append(batches, done.batch)
		}
	}
	reader, err := array.NewRecordReader(rawSchema(p.table), batches)
	if err != nil {
		return err
	}
	for _, done := range results {
		done.release()
	}
	defer reader.Release()
	if err := p.engine.CreateTable(ctx, part, reader); err != nil {
		return err
	}
	for _, statement := range []string{
		"INSERT INTO " + engine.Name(raw) + " BY NAME FROM " + engine.Name(part),
		"DROP TABLE " + engine.Name(part),
	} {
		if err := p.engine.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
