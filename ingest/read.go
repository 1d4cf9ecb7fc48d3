// Package ingest reads the input files of a run strictly into the tables of the input contract.
package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
)

// A File is what was read of one input file. RowsIn = Loaded + Quarantined + Deduplicated, always.
type File struct {
	Table, Name                 string
	SHA256                      string // of the bytes of the file as they are
	Bytes                       int64
	RowsIn, Loaded, Quarantined int64
	From                        []File    // of the answer of a SELECT: the files that it read
	Deduplicated                int64     // copies that collapsed into another row, and rows that are deleted
	Deleted                     int64     // those of Deduplicated that their source has deleted
	Columns                     []Mapping // every column of the contract, and where it comes from
	UnknownColumns              []string  // headers that nothing reads: no table that is made of this file

	digitsCut  int64 // cells whose digits below the microsecond were cut
	origin     origin
	hasOrigins bool // of the answer of a SELECT: its rows say which file and line they come from
}

// readOptions say how tables are read.
type readOptions struct {
	ReportingZone *time.Location // of dates without a time; nil: UTC
	InputZone     string         // IANA, of local times; empty: none declared
	Threads       int            // 0: one per core
	LinkDir       string         // inside the engine's directories: Parquet files are linked there under names of our own, touchpoints until the last query
	Show          *progress.Display

	onlyGo    bool  // no row of Parquet is typed by the engine
	blockSize int   // bytes that are split and typed at once; 0: 2 MiB
	maxRecord int   // 0: 16 MiB
	chunkRows int64 // of Parquet, in memory at once; 0: 1,048,576
	limits    limits
}

// readTable reads every file of one contract table into the engine's table raw_<table>: the storage
// columns of every contract column (all NULL where the files lack it), then file_number (index into
// the returned files) and line. Of a table that streams it is a view over the files. Bad rows are
// returned, ordered by file and line, and are not in the table. An error is about files as a whole,
// all of which are looked at, or about the configuration; files that could be read are returned
// with it, and those that could not have no name.
func readTable(ctx context.Context, eng *engine.Engine, t contract.Table, sources config.Sources, opt readOptions) ([]File, []Quarantined, error) {
	r, err := newReading(eng, t, sources, opt)
	if err != nil {
		return nil, nil, err
	}
	for _, step := range []func(context.Context) error{r.listRemoved, r.allCSV, r.allParquet, r.allSelects, r.view} {
		if err := step(ctx); err != nil {
			return nil, nil, err
		}
	}
	if len(r.failed) > 0 {
		return r.files, nil, failure.Errorf(failure.Contract, "%w", errors.Join(r.failed...))
	}
	return r.files, r.quarantine.all(), nil
}

// keepProblem keeps what is wrong with one file, so that the others are looked at too; any other error
// it gives back.
func (r *reading) keepProblem(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil || failure.CodeOf(err) != failure.Contract || r.quarantine.isFull() {
		return err
	}
	r.failed = append(r.failed, err)
	return nil
}

// A reading is the state of readTable.
type reading struct {
	engine     *engine.Engine
	table      contract.Table
	opt        readOptions
	inputs     []input
	files      []File // of each input
	quarantine quarantine
	streamed   []string // queries of the rows that stay in Parquet files
	failed     []error  // of each file that is not what it should be
}

// A tableSource is one source of the table, checked.
type tableSource struct {
	config.Source
	declared  []declaration
	delimiter byte
}

// An input is a file of a source, or the answer of its SELECT.
type input struct {
	source *tableSource
	name   string
	path   string
	format format
}

func newReading(eng *engine.Engine, t contract.Table, sources config.Sources, opt readOptions) (*reading, error) {
	if opt.limits == (limits{}) {
		opt.limits = limits{rows: maxBadRows, bytes: 1 << 30}
	}
	r := &reading{engine: eng, table: t, opt: opt}
	for i, given := range sources {
		source, err := newSource(t, given, opt)
		if err != nil {
			return nil, err
		}
		if given.Select != "" {
			r.inputs = append(r.inputs, input{source: source, name: sources.Names(t.Name, i)[0], format: selected})
			continue
		}
		for j, name := range given.Files {
			f, err := formatOf(name)
			if err != nil {
				return nil, err
			}
			r.inputs = append(r.inputs, input{source: source, name: name, path: given.Paths[j], format: f})
		}
	}
	r.files = make([]File, len(r.inputs))
	r.quarantine = quarantine{table: t.Name, limits: opt.limits, files: make([][]Quarantined, len(r.inputs))}
	return r, nil
}

// newSource checks what the configuration says of a source.
func newSource(t contract.Table, given config.Source, opt readOptions) (*tableSource, error) {
	s := &tableSource{Source: given}
	var err error
	if s.delimiter, err = delimiterOf("tables."+t.Name, given); err != nil {
		return nil, err
	}
	s.declared, err = declare(t, given, opt)
	return s, err
}

func delimiterOf(where string, given config.Source) (byte, error) {
	d := given.Delimiter
	if d == "" {
		return ',', nil
	}
	if len(d) != 1 || d[0] >= 0x80 || d == `"` || d == "\n" || d == "\r" || d == "\x00" {
		return 0, failure.Errorf(failure.Usage, "%s.delimiter: %q is not a single character that can separate fields", where, d)
	}
	return d[0], nil
}

// allCSV makes the raw table of the rows of all CSV files, of none if there are none.
func (r *reading) allCSV(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	s := newStream(ctx, rawSchema(r.table))
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		defer close(s.batches)
		for i, in := range r.inputs {
			if in.format == parquet || in.format == selected {
				continue
			}
			if err := r.keepProblem(ctx, r.csv(ctx, i, s.send)); err != nil {
				s.fail(err)
				return
			}
		}
	}()
	err := r.engine.CreateTable(ctx, rawRead(r.table), s)
	cancel()
	<-finished
	return err
}

// csv reads one CSV file and sends its batches.
func (r *reading) csv(ctx context.Context, i int, send func(arrow.RecordBatch) error) error {
	var counts File
	nameless := map[int]int64{}
	in := r.inputs[i]
	f := &csvFile{table: r.table, declared: in.source.declared, name: in.name, path: in.path, number: i,
		format: in.format, delimiter: in.source.delimiter, written: in.source.Source, opt: r.opt,
		emit: func(done result) error {
			for column, line := range done.nameless {
				if _, found := nameless[column]; !found {
					nameless[column] = line
				}
			}
			if err := r.count(&counts, i, done); err != nil || done.batch == nil {
				return err
			}
			return send(done.batch)
		}}
	file, err := f.read(ctx)
	if err == nil {
		err = namelessError(file.Name, nameless)
	}
	if err != nil {
		return err
	}
	file.RowsIn, file.Loaded, file.Quarantined, file.digitsCut = counts.RowsIn, counts.Loaded, counts.Quarantined, counts.digitsCut
	file.Deduplicated, file.Deleted = counts.Deduplicated, counts.Deleted
	r.files[i] = file
	return nil
}

// count adds what became of some records to the figures of their file.
func (r *reading) count(f *File, i int, done result) error {
	f.Loaded += int64(done.loaded)
	f.Quarantined += int64(len(done.bad))
	f.Deduplicated += int64(done.deleted)
	f.Deleted += int64(done.deleted)
	f.RowsIn += int64(done.loaded + done.deleted + len(done.bad))
	f.digitsCut += int64(done.cut)
	return r.quarantine.add(i, done.bad)
}
