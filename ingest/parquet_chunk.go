package ingest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// texts are the columns of the file that Go asks for, as text, behind the number of the row from 0.
func (p *parquetFile) texts() string {
	texts := p.row + " AS file_row_number"
	for i, column := range p.selects {
		texts += fmt.Sprintf(", %s AS c%d", column, i)
	}
	return texts
}

// readByGo types the answers of a query, which takes the bounds of a chunk, as records of a CSV
// file are typed. It goes a chunk at a time: the engine's one connection either answers or takes
// in.
func (p *parquetFile) readByGo(ctx context.Context, query string, rows int64, done *File) error {
	chunk := p.opt.chunkRows
	if chunk == 0 {
		chunk = defaultChunk
	}
	for from := int64(0); from < rows; from += chunk {
		var results []result
		err := p.engine.Stream(ctx, query, func(text array.RecordReader) (err error) {
			results, err = p.typeAll(text)
			return err
		}, from, min(from+chunk, rows))
		if err != nil {
			return p.damaged(ctx, err)
		}
		for _, part := range results {
			if err := p.count(done, p.number, part); err != nil {
				return err
			}
		}
		if err := p.insert(ctx, results); err != nil {
			return err
		}
	}
	return nil
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
			r := newTyper(p.table, p.byGo, p.name, p.number, p.layout)
			keep := func() {
				lock.Lock()
				defer lock.Unlock()
				results = append(results, r.take())
			}
			size := 0
			for batch := range batches {
				size += p.typeBatch(r, batch)
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

// typeBatch types a batch whose first column is the row's number and whose others are text, and
// returns the size of that text.
func (p *parquetFile) typeBatch(r *typer, batch arrow.RecordBatch) (size int) {
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
				if read := p.numbers[i]; read != nil {
					fields[i] = read(fields[i])
				}
			}
		}
		bad := len(r.bad)
		r.record(fields, nil, lines.Value(row)+1, false)
		if len(r.bad) > bad {
			r.bad[bad].Raw = cut(rawRecord(fields), maxRaw)
			if line, err := p.originOf(fields); err == nil {
				r.bad[bad].File, r.bad[bad].Line = string(fields[p.originAt]), line
			}
		}
	}
	return size + 64*int(batch.NumRows())
}

// originOf is the line that an answer names for a row.
func (p *parquetFile) originOf(fields [][]byte) (int64, error) {
	if !p.origins || len(fields[p.originAt]) == 0 {
		return 0, errNoOrigin
	}
	return strconv.ParseInt(string(fields[p.originAt+1]), 10, 64)
}

var errNoOrigin = errors.New("the row names no file")

// insert adds typed batches to the raw table.
func (p *parquetFile) insert(ctx context.Context, results []result) error {
	var batches []arrow.RecordBatch
	for _, done := range results {
		if done.batch != nil {
			batches = append(batches, done.batch)
		}
	}
	if len(batches) == 0 {
		return nil
	}
	reader, err := array.NewRecordReader(rawSchema(p.table), batches)
	if err != nil {
		return err
	}
	for _, done := range results {
		done.release()
	}
	defer reader.Release()
	return p.engine.Append(ctx, rawRead(p.table), reader)
}
