package ingest

import (
	"bytes"
	"context"
)

// sequential reads one record after the other. A record that is not well-formed, or too long, is
// quarantined by its first line, and reading goes on with the next line: so a quote that nothing
// closes swallows no row but its own.
func (f *csvFile) sequential(ctx context.Context, w *window) (*position, error) {
	r, s := f.typer(), &splitter{delimiter: f.delimiter}
	taken := w.offset
	for {
		length, verdict := s.record(w.rest(), w.ended)
		tooLong := length > f.opt.maxRecord || verdict == incomplete && len(w.rest()) >= f.opt.maxRecord
		if tooLong {
			verdict = incomplete
		}
		switch {
		case len(w.rest()) == 0 && w.ended:
			return nil, f.emit(r.take())
		case verdict == incomplete && !tooLong:
			have := len(w.rest())
			if err := w.more(min(max(f.opt.blockSize, have), f.opt.maxRecord-have)); err != nil {
				return nil, err
			}
			continue
		case verdict == whole, verdict == blankLine && len(r.layout.headers) == 1:
			raw := w.rest()[:length]
			r.record(s.fields, raw, w.line, isText(raw))
			w.use(length)
		case verdict == blankLine:
			w.use(length)
		default:
			if err := f.rejectLine(r, w, verdict); err != nil {
				return nil, err
			}
		}
		if w.offset-taken >= int64(f.opt.blockSize) {
			taken = w.offset
			if err := ctx.Err(); err != nil {
				return nil, context.Cause(ctx)
			}
			if err := f.emit(r.take()); err != nil {
				return nil, err
			}
		}
	}
}

// rejectLine quarantines the line at hand and passes over it, however long it is.
func (f *csvFile) rejectLine(r *typer, w *window, v verdict) error {
	for first := true; ; first = false {
		end := bytes.IndexByte(w.rest(), '\n')
		length := end + 1
		if end < 0 {
			length = len(w.rest())
		}
		if first {
			r.reject(w.line, "", nil, v.reason(), w.rest()[:length])
		}
		w.use(length)
		if end >= 0 || w.ended {
			return nil
		}
		if err := w.more(f.opt.blockSize); err != nil {
			return err
		}
	}
}
