package ingest

import (
	"bytes"
	"context"
	"runtime"
	"sync"
)

// A block is a part of a file. Its records are complete if every record before it is well-formed.
type block struct {
	position
	data []byte
	done chan outcome // of one
}

// An outcome is the result of reading a block.
type outcome struct {
	result
	broken bool // a record of it is not well-formed: nothing of it counts
	err    error
}

// parallel reads blocks of records, several at once, and emits them in order. If a block is not
// well-formed, it stops and returns the position of that block. All blocks before it were emitted, and
// nothing of it or after it.
func (f *csvFile) parallel(ctx context.Context, w *window) (resume *position, err error) {
	threads := f.opt.Threads
	if threads <= 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()

	ordered, work := make(chan *block, threads+1), make(chan *block)
	spare := make(chan []byte, 2*threads+2)
	running.Go(func() {
		defer close(ordered)
		defer close(work)
		f.cutBlocks(ctx, w, spare, ordered, work)
	})
	for range threads {
		running.Go(func() {
			r, s := f.typer(), &splitter{delimiter: f.delimiter}
			for b := range work {
				b.done <- f.typeBlock(r, s, b)
				select {
				case spare <- b.data:
				default:
				}
			}
		})
	}
	for b := range ordered {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case o := <-b.done:
			if o.err != nil {
				return nil, o.err
			}
			if o.broken {
				return &b.position, nil
			}
			if err := f.emit(o.result); err != nil {
				return nil, err
			}
		}
	}
	return nil, context.Cause(ctx)
}

// cutBlocks sends every block to ordered and to work. A block that it cannot cut or read is only
// sent to ordered.
func (f *csvFile) cutBlocks(ctx context.Context, w *window, spare <-chan []byte, ordered, work chan<- *block) {
	for {
		b := &block{done: make(chan outcome, 1)}
		length, err := f.nextCut(w)
		b.position = position{line: w.line, offset: w.offset}
		switch {
		case err != nil:
			b.done <- outcome{err: err}
		case length == 0 && w.ended && len(w.rest()) == 0:
			return
		case length == 0:
			b.done <- outcome{broken: true}
		default:
			select {
			case b.data = <-spare:
			default:
			}
			b.data = append(b.data[:0], w.rest()[:length]...)
			w.use(length)
		}
		select {
		case ordered <- b:
		case <-ctx.Done():
			return
		}
		if length == 0 {
			return
		}
		select {
		case work <- b:
		case <-ctx.Done():
			return
		}
	}
}

// nextCut reads until there is a block, and returns its length: 0 at the end, and where no record
// ends within the limit.
func (f *csvFile) nextCut(w *window) (int, error) {
	for {
		if have := len(w.rest()); !w.ended && have < f.opt.blockSize {
			if err := w.more(f.opt.blockSize - have); err != nil {
				return 0, err
			}
		}
		if w.ended {
			return len(w.rest()), nil
		}
		if length := lastRecordEnd(w.rest()); length > 0 {
			return length, nil
		}
		have := len(w.rest())
		if have >= f.opt.maxRecord {
			return 0, nil
		}
		if err := w.more(min(have, f.opt.maxRecord-have)); err != nil {
			return 0, err
		}
	}
}

// lastRecordEnd returns the length of data up to its last newline with an even number of quotes
// before it: in well-formed CSV that begins with a record, a newline outside of quotes.
func lastRecordEnd(data []byte) int {
	quotes := bytes.Count(data, []byte{'"'})
	for end := len(data); ; {
		i := bytes.LastIndexByte(data[:end], '\n')
		if i < 0 {
			return 0
		}
		quotes -= bytes.Count(data[i+1:end], []byte{'"'})
		if quotes%2 == 0 {
			return i + 1
		}
		end = i
	}
}

// typeBlock splits and types the records of a block.
func (f *csvFile) typeBlock(r *typer, s *splitter, b *block) outcome {
	data, line := b.data, b.line
	checked := isText(data)
	for len(data) > 0 {
		length, verdict := s.record(data, true)
		if length > f.opt.maxRecord {
			verdict = incomplete
		}
		switch {
		case verdict == whole, verdict == blankLine && len(r.layout.headers) == 1:
			r.record(s.fields, data[:length], line, checked)
		case verdict != blankLine:
			r.take().release()
			return outcome{broken: true}
		}
		line += int64(bytes.Count(data[:length], []byte{'\n'}))
		data = data[length:]
	}
	return outcome{result: r.take()}
}
