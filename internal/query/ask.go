package query

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/statement"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// maxLength is the greatest length of a query, in bytes: longer ones are made by programs, which can
// read the files themselves.
const maxLength = 1 << 20

// An Answer is what a query answered: it is complete, so nothing can fail in the middle of writing
// it. Its engine has to be closed.
type Answer struct {
	Columns []AnswerColumn
	Rows    int64
	Reads   []View   // what the query read
	Notes   []string // what whoever quotes a figure of it has to know

	parsed statement.Statement
	engine *engine.Engine
}

// Names reports whether the query has a name or a text that is this word, in any case.
func (a *Answer) Names(word string) bool { return a.parsed.Names(word) }

// An AnswerColumn is a column of an answer. Its unit is that of the view's column which it is, and
// empty where the query computes it.
type AnswerColumn struct {
	Name    string `json:"name"`
	Unit    string `json:"unit"`
	Meaning string `json:"meaning,omitempty"`
}

// Close frees the memory of the answer.
func (a *Answer) Close() error { return a.engine.Close() }

// Ask answers one SELECT. The engine that runs it may open the files of views that show no person,
// one by one, and nothing else: what a view leaves out is not in it. It has one thread, so that the
// same query over the same run has the same answer, and spills nowhere. scratch is a directory that
// it may write, for WriteParquet; empty: none.
func (r *Run) Ask(ctx context.Context, text, scratch string) (*Answer, error) {
	if len(text) > maxLength {
		return nil, failure.Errorf(failure.Usage, "the query has %s bytes, but at most %s are allowed\nhint: read the Parquet files of the run instead (docs/bi.md)", words.Number(len(text)), words.Number(maxLength))
	}
	o := engine.Options{Threads: 1, MemoryLimit: r.options.MemoryLimit}
	o.Files = r.files(slices.DeleteFunc(slices.Clone(r.Views), func(v View) bool { return v.hides }))
	if scratch != "" {
		o.Directories = []string{scratch}
	}
	eng, err := engine.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	a := &Answer{engine: eng}
	if err := r.answer(ctx, a, text); err != nil {
		return nil, errors.Join(err, eng.Close())
	}
	return a, nil
}

func (r *Run) answer(ctx context.Context, a *Answer, text string) error {
	parsed, err := statement.Parse(ctx, a.engine, text, r.Names())
	if err != nil {
		return r.wrong(ctx, err, nil)
	}
	a.parsed = parsed
	for _, name := range parsed.Relations() {
		v := r.View(name)
		if err := r.make(ctx, a.engine, *v, parsed); err != nil {
			return r.unreadable(ctx, *v, err)
		}
		a.Reads = append(a.Reads, *v)
	}
	if err := statement.CreateTable(ctx, a.engine, "answer", text); err != nil {
		return r.wrong(ctx, err, a.Reads)
	}
	columns, err := columnsOf(ctx, a.engine, "answer")
	if err == nil {
		err = a.engine.Row(ctx, "SELECT COUNT(*) FROM answer", nil, &a.Rows)
	}
	if err != nil {
		return err
	}
	for _, c := range columns {
		a.Columns = append(a.Columns, a.columnOf(c))
	}
	return a.note(ctx)
}

// make makes a view in the engine that runs the query. Of a file that holds more than the view shows,
// the engine gets a copy, from another engine, of the columns that the query may read.
func (r *Run) make(ctx context.Context, eng *engine.Engine, v View, parsed statement.Statement) error {
	switch {
	case v.file == "":
		return r.storeDictionary(ctx, eng)
	case !v.hides:
		from, err := r.rows(ctx, eng, v)
		if err != nil {
			return err
		}
		return eng.Exec(ctx, "CREATE VIEW "+engine.Name(v.Name)+" AS "+from)
	}
	source, err := r.source(ctx, []View{v})
	if err != nil {
		return err
	}
	defer source.Close()
	from, err := r.rows(ctx, source, v)
	if err != nil {
		return err
	}
	columns, err := columnsOf(ctx, source, from)
	if err != nil {
		return err
	}
	var read []string
	for _, c := range columns {
		if parsed.Reads(c.Name) || slices.Contains(v.Key, c.Name) {
			read = append(read, engine.Name(c.Name))
		}
	}
	if len(read) == 0 && len(columns) > 0 { // it counts rows
		read = append(read, engine.Name(columns[0].Name))
	}
	query := "SELECT " + strings.Join(read, ", ") + " FROM (" + from + ")"
	return source.Stream(ctx, query, func(reader array.RecordReader) error { return eng.CreateTable(ctx, v.Name, reader) })
}

// columnOf finds the unit of a column of the answer: it has one where the query hands a column of a
// view on, and all views that have a column of that name agree.
func (a *Answer) columnOf(c Column) AnswerColumn {
	found := AnswerColumn{Name: c.Name}
	if !a.parsed.Keeps(c.Name) {
		return found
	}
	for _, v := range a.Reads {
		unit, meaning := v.describe(c.Name)
		if unit == "" || found.Unit != "" && found.Unit != unit {
			continue
		}
		found.Unit, found.Meaning = unit, meaning
	}
	return found
}

// query selects the answer, at most so many rows of it; 0: all. Values of other types than texts,
// numbers, days, times and booleans are texts.
func (a *Answer) query(ctx context.Context, limit int) (string, error) {
	columns, err := columnsOf(ctx, a.engine, "answer")
	if err != nil {
		return "", err
	}
	var selected []string
	for _, c := range columns {
		name := engine.Name(c.Name)
		if base, _, _ := strings.Cut(c.Type, "("); base == "HUGEINT" { // what a sum of whole numbers is
			name = "CAST(" + name + " AS DECIMAL(38, 0)) AS " + name
		} else if !slices.Contains(plainTypes, base) || strings.HasSuffix(c.Type, "]") {
			name = "CAST(" + name + " AS VARCHAR) AS " + name
		}
		selected = append(selected, name)
	}
	query := "SELECT " + strings.Join(selected, ", ") + " FROM answer ORDER BY rowid"
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	return query, nil
}

// plainTypes are the types that all forms of output can write.
var plainTypes = []string{
	"VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "DECIMAL", "FLOAT", "DOUBLE", "DATE", "TIMESTAMP",
}

// WriteCSV writes the answer as CSV, formulas defused unless raw.
func (a *Answer) WriteCSV(ctx context.Context, out io.Writer, raw bool) error {
	query, err := a.query(ctx, 0)
	if err != nil {
		return err
	}
	return reports.WriteCSV(ctx, a.engine, query, out, raw)
}

// WriteJSON writes the answer as JSON.
func (a *Answer) WriteJSON(ctx context.Context, out io.Writer) error {
	query, err := a.query(ctx, 0)
	if err != nil {
		return err
	}
	return reports.WriteJSON(ctx, a.engine, query, out)
}

// WriteParquet writes the answer, with the types that it has, to a file of the scratch directory.
func (a *Answer) WriteParquet(ctx context.Context, path string) error {
	return a.engine.Exec(ctx, "COPY (SELECT * FROM answer ORDER BY rowid) TO "+engine.Text(path)+" (FORMAT parquet, COMPRESSION zstd)")
}

// Table hands the answer, at most so many rows of it, to what prints tables.
func (a *Answer) Table(ctx context.Context, limit int, print func(eng *engine.Engine, query string) error) error {
	query, err := a.query(ctx, limit)
	if err != nil {
		return err
	}
	return print(a.engine, query)
}
