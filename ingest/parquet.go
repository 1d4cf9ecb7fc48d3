package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/words"
)

// defaultChunk is how many rows of a Parquet file are in memory at once: as text in the engine and
// typed in Go.
const defaultChunk = 1 << 20

// A parquetFile is one Parquet file, read by the engine under a name of our own.
type parquetFile struct {
	*reading
	declared []declaration
	number   int
	name     string
	path     string
	link     string
	relation string   // in SQL, with the alias p
	row      string   // in SQL, the number of a row from 0
	streams  bool     // rows stay where they are
	listing  string   // answers with its columns
	isAnswer bool     // it is the answer of a SELECT
	headers  []string // of the file
	counter  *progress.Counter
	layout   layout        // over the columns that are asked for
	selects  []string      // those columns, as text
	numbers  []numberText  // how the text of each is read on; nil: as it is
	byGo     []declaration // declared, for columns of numbers without the marks that are declared for text
	origins  bool          // the answer says where its rows come from
	originAt int           // the place of the file in what is asked for; the line stands behind it
	plain    typedRows     // how the engine types the file itself
	isPlain  bool          // it can
}

// allParquet adds the rows of all Parquet files to the raw table.
func (r *reading) allParquet(ctx context.Context) error {
	for i, in := range r.inputs {
		if in.format != parquet {
			continue
		}
		p := r.parquetFile(i, filepath.Join(r.opt.LinkDir, fmt.Sprintf("%s_%d.parquet", r.table.Name, i+1)))
		file, err := p.read(ctx)
		if err := r.keepProblem(ctx, err); err != nil {
			return err
		}
		if err != nil {
			continue
		}
		r.files[i] = file
	}
	return nil
}

func (r *reading) parquetFile(i int, link string) *parquetFile {
	in := r.inputs[i]
	return &parquetFile{reading: r, declared: in.source.declared, number: i, name: in.name, path: in.path, link: link,
		relation: fromParquet(link), row: "p.file_row_number", streams: r.table.Streams, listing: listParquet(link)}
}

// fromParquet reads a file under its link. A link is of letters that the program chose.
func fromParquet(link string) string {
	return " FROM read_parquet(" + engine.Text(link) + ", file_row_number = true, hive_partitioning = false, binary_as_string = true) AS p"
}

// listParquet answers with the columns of a file and no rows.
func listParquet(link string) string {
	return "SELECT * FROM read_parquet(" + engine.Text(link) + ", hive_partitioning = false, binary_as_string = true) LIMIT 0"
}

// read types the rows of the file.
func (p *parquetFile) read(ctx context.Context) (File, error) {
	done, err := p.digested(ctx, p.rows)
	done.Columns, done.UnknownColumns = p.layout.mappings(p.declared), p.layout.unknown
	return done, err
}

// digested digests the file while the engine reads it.
func (p *parquetFile) digested(ctx context.Context, rows func(context.Context, *File) error) (done File, err error) {
	file, err := openFile(p.name, p.path)
	if err != nil {
		return done, err
	}
	defer file.file.Close()
	if err := checkParquet(file); err != nil {
		return done, err
	}
	if err := os.Symlink(p.path, p.link); err != nil {
		return done, failure.Errorf(failure.IO, "%s: linking it for the engine: %w", printable(p.name), err)
	}
	if !p.streams { // what streams is read through its link until the run ends
		defer os.Remove(p.link)
	}

	digested := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, &interruptible{ctx, file})
		digested <- err
	}()
	err = rows(ctx, &done)
	digestErr := <-digested
	switch {
	case digestErr != nil:
		return done, digestErr
	case err != nil:
		return done, file.orChanged(err)
	}
	done.Table, done.Name, done.SHA256, done.Bytes = p.table.Name, p.name, file.sum(), file.bytes
	done.origin = origin{path: p.path, info: file.before}
	return done, file.finish()
}

// checkParquet looks for the marks at both ends of a Parquet file.
func checkParquet(file *opened) error {
	const mark = "PAR1"
	var head, tail [4]byte
	if file.before.Size() < 12 {
		return file.contentError("its name says Parquet, but its content is not Parquet")
	}
	for _, at := range []struct {
		mark   *[4]byte
		offset int64
	}{{&head, 0}, {&tail, file.before.Size() - 4}} {
		if _, err := file.file.ReadAt(at.mark[:], at.offset); err != nil {
			return file.orChanged(readingFailed(file.name, err))
		}
	}
	switch {
	case string(head[:]) != mark:
		return file.contentError("its name says Parquet, but its content is not Parquet")
	case string(tail[:]) != mark:
		return file.contentError("is cut short: it does not end as a Parquet file does\nhint: copy the file again")
	}
	return nil
}

// rows reads the file: what is certain the engine types itself, and Go the rest.
func (p *parquetFile) rows(ctx context.Context, done *File) error {
	var total int64
	if err := p.columns(ctx); err != nil {
		return err
	}
	if err := p.engine.Row(ctx, "SELECT COUNT(*)"+p.relation, nil, &total); err != nil {
		return p.damaged(ctx, err)
	}
	p.counter = p.opt.Show.Count("reading "+printable(p.name), progress.Rows, total)
	var err error
	if p.isPlain && !p.opt.onlyGo {
		err = p.readTyped(ctx, total, done)
	} else {
		err = p.readByGo(ctx, "SELECT "+p.texts()+p.relation+" WHERE "+p.row+" >= ? AND "+p.row+" < ?", total, done)
	}
	if err == nil && done.RowsIn != total {
		err = p.damaged(ctx, fmt.Errorf("it announces %s, and %s could be read", words.Count(total, "row"), words.Number(done.RowsIn)))
	}
	return err
}

// damaged names the file in an error of the engine, unless that says that the run ends or lacks
// memory.
func (p *parquetFile) damaged(ctx context.Context, err error) error {
	if code := failure.CodeOf(err); ctx.Err() != nil || code == failure.Resources {
		return err
	}
	if p.isAnswer {
		return err
	}
	text := strings.ReplaceAll(err.Error(), p.link, printable(p.name))
	return failure.Errorf(failure.Contract, "%s: is damaged, or not a Parquet file that can be read: %s", printable(p.name), text)
}

// rawRecord writes fields as a line of CSV, for the quarantine.
func rawRecord(fields [][]byte) []byte {
	var raw []byte
	for i, field := range fields {
		if i > 0 {
			raw = append(raw, ',')
		}
		if bytes.ContainsAny(field, "\",\r\n") {
			raw = append(raw, '"')
			raw = append(raw, bytes.ReplaceAll(field, []byte{'"'}, []byte{'"', '"'})...)
			raw = append(raw, '"')
		} else {
			raw = append(raw, field...)
		}
		if len(raw) > maxRaw {
			break
		}
	}
	return raw
}

// interruptible ends reading when ctx ends.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if i.ctx.Err() != nil {
		return 0, context.Cause(i.ctx)
	}
	return i.from.Read(p)
}
