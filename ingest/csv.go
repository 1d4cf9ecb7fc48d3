package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/words"
)

// A csvFile is one CSV file being read into a table.
type csvFile struct {
	table     contract.Table
	declared  []declaration
	name      string
	path      string
	number    int // among the files of the table
	format    format
	delimiter byte
	written   config.Source // encoding, skip_rows and ragged
	opt       readOptions

	columns func(headers []string) (layout, []string) // finds the columns; nil: those of the table

	layout layout
	emit   func(result) error // takes what became of the records, in the order of the file
}

// read reads the whole file. While the file is well-formed it is split and typed in parallel; from
// the first block that is not, one record after the other, so that a bad record costs no other.
func (f *csvFile) read(ctx context.Context) (File, error) {
	if f.format.isJSON() {
		return f.readJSON(ctx)
	}
	resume, done, err := f.pass(ctx, position{line: 1}, f.parallel)
	if err == nil && resume != nil {
		_, done, err = f.pass(ctx, *resume, f.sequential)
	}
	done.Columns, done.UnknownColumns = f.layout.mappings(f.declared), f.layout.unknown
	return done, err
}

const (
	defaultBlockSize = 2 << 20
	defaultMaxRecord = 16 << 20
)

// A position is the start of a record in the unpacked text.
type position struct{ line, offset int64 }

// pass opens the file, reads its header, goes to a position behind it, and reads on from there.
func (f *csvFile) pass(ctx context.Context, at position, records func(context.Context, *window) (*position, error)) (*position, File, error) {
	if f.opt.blockSize == 0 {
		f.opt.blockSize = defaultBlockSize
	}
	if f.opt.maxRecord == 0 {
		f.opt.maxRecord = defaultMaxRecord
	}
	file, err := openFile(f.name, f.path)
	if err != nil {
		return nil, File{}, err
	}
	defer file.file.Close()
	stage := "reading " + printable(f.name)
	if at.offset > 0 {
		stage += " record by record"
	}
	file.counter = f.opt.Show.Count(stage, progress.Bytes, file.before.Size())
	text, stop, err := file.openText(f.format, f.written.Encoding)
	defer stop()
	if err != nil {
		return nil, File{}, err
	}
	w := newWindow(text)
	if f.format.isJSON() {
		w.offset, w.line = 0, 1
	} else if at.offset == 0 {
		if err := f.header(w); err != nil {
			return nil, File{}, file.orChanged(err)
		}
	} else {
		if _, err := io.CopyN(io.Discard, text, at.offset); err != nil {
			return nil, File{}, file.orChanged(readingFailed(f.name, err))
		}
		w.line, w.offset = at.line, at.offset
	}
	resume, err := records(ctx, w)
	if err != nil || resume != nil {
		return resume, File{}, file.orChanged(err)
	}
	if err := file.finish(); err != nil {
		return nil, File{}, err
	}
	return nil, File{Table: f.table.Name, Name: f.name, SHA256: file.sum(), Bytes: file.bytes,
		origin: origin{path: f.path, info: file.before}}, nil
}

// header reads the header record and finds the columns in it. Blank lines before it, and Excel's
// sep= line when it says what is declared, are passed over.
func (f *csvFile) header(w *window) error {
	wrong := func(problem string) error {
		return failure.Errorf(failure.Contract, "%s:%d: %s", printable(f.name), w.line, problem)
	}
	if err := f.skip(w); err != nil {
		return err
	}
	s := &splitter{delimiter: f.delimiter}
	for {
		length, verdict := s.record(w.rest(), w.ended)
		switch {
		case loneReturn(w.rest()):
			return wrong("its header has a carriage return (CR) without a line feed (LF); do its lines end in CR alone?\nhint: convert its line ends to LF, as with: tr '\\r' '\\n'")
		case verdict == incomplete && len(w.rest()) > f.opt.maxRecord:
			return wrong("its header is longer than 16 MiB")
		case verdict == incomplete || len(w.rest()) == 0 && !w.ended:
			if err := w.more(max(f.opt.blockSize, len(w.rest()))); err != nil {
				return err
			}
			continue
		case verdict == blankLine && len(w.rest()) == 0:
			return wrong("has no header")
		case verdict == blankLine:
			w.use(length)
			continue
		case verdict == strayQuote || verdict == unterminated:
			return wrong("its header " + verdict.reason())
		}
		line := w.rest()[:length]
		if mark, ok := separatorLine(line); ok {
			if mark != f.delimiter {
				return wrong(fmt.Sprintf("the line sep=%c is not data: Excel uses it to name the delimiter\nhint: set delimiter: %q for %s", mark, string(mark), f.table.Name))
			}
			w.use(length)
			continue
		}
		if problem := checkHeader(line, s.fields, f.delimiter); problem != "" {
			return wrong(problem)
		}
		headers := make([]string, len(s.fields))
		for i, field := range s.fields {
			headers[i] = string(field)
		}
		if problems := f.find(headers); len(problems) > 0 {
			for i := range problems {
				problems[i] = fmt.Sprintf("%s:%d: %s", printable(f.name), w.line, problems[i])
			}
			return failure.Errorf(failure.Contract, "%s", strings.Join(problems, "\n"))
		}
		w.use(length)
		return nil
	}
}

// find finds the columns of the table among the headers.
func (f *csvFile) find(headers []string) (problems []string) {
	if f.columns != nil {
		f.layout, problems = f.columns(headers)
		return problems
	}
	f.layout, problems = findColumns(f.table, f.declared, headers)
	return problems
}

// skip passes over the lines before the header.
func (f *csvFile) skip(w *window) error {
	for skipped := 0; skipped < f.written.SkipRows; {
		end := bytes.IndexByte(w.rest(), '\n')
		switch {
		case end >= 0:
			w.use(end + 1)
			skipped++
		case w.ended:
			return failure.Errorf(failure.Contract, "%s: has %s, but skip_rows skips %d", printable(f.name), words.Count(skipped+1, "line"), f.written.SkipRows)
		case len(w.rest()) > f.opt.maxRecord:
			return failure.Errorf(failure.Contract, "%s:%d: the line is longer than 16 MiB", printable(f.name), w.line)
		default:
			if err := w.more(f.opt.blockSize); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *csvFile) typer() *typer {
	r := newTyper(f.table, f.declared, f.name, f.number, f.layout)
	r.delimiter, r.isPadded = f.delimiter, f.written.Ragged == "pad"
	return r
}

// release gives up what a result holds.
func (r result) release() {
	if r.batch != nil {
		r.batch.Release()
	}
}
