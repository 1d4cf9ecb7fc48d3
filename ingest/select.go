package ingest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/statement"
	"github.com/tributary-engine/tributary/internal/words"
)

// Columns that every relation of a SELECT has beside those of its files. An answer that hands them
// on lets messages and the quarantine name the file and line of a row.
const (
	originFile = "_file"
	originLine = "_line"
)

// origins is the table of where the rows of answers come from: one row per row of a SELECT that
// hands on _file and _line.
func origins(table string) string { return "origins_" + table }

// hasOrigins tells whether rows of a table come from a SELECT that says where from.
func (l *loading) hasOrigins(table string) bool {
	return slices.ContainsFunc(l.files[table], func(f File) bool { return f.hasOrigins })
}

// joinOrigins joins where rows come from to rows with file_number and line, which are called o.
func (l *loading) joinOrigins(table string) string {
	if !l.hasOrigins(table) {
		return ""
	}
	return " LEFT JOIN " + origins(table) + " AS x ON x.file_number = o.file_number AND x.line = o.line"
}

// originColumns are the file of such a row, empty where nothing but its number says it, and the
// line.
func (l *loading) originColumns(table string) string {
	if !l.hasOrigins(table) {
		return "'', o.line"
	}
	return "COALESCE(x.origin_file, ''), COALESCE(x.origin_line, o.line)"
}

// allSelects adds the answers of all SELECTs to the raw table.
func (r *reading) allSelects(ctx context.Context) error {
	for i, in := range r.inputs {
		if in.format != selected {
			continue
		}
		if err := r.keepProblem(ctx, r.selected(ctx, i)); err != nil {
			return err
		}
	}
	return nil
}

// selected reads the files of a SELECT, lets the engine answer it, and types the answer as any
// other file.
func (r *reading) selected(ctx context.Context, i int) error {
	in := r.inputs[i]
	names := in.source.Relations()
	parsed, err := statement.Parse(ctx, r.engine, in.source.Select, names)
	if err != nil {
		return inStatement(in.name, err)
	}
	done := File{Table: r.table.Name, Name: in.name}
	var headers []string
	for _, name := range names {
		defer func() { _ = r.engine.Exec(context.WithoutCancel(ctx), "DROP VIEW IF EXISTS temp."+engine.Name(name)) }()
		files, found, err := r.relation(ctx, i, name, in.source.From[name], parsed, &done)
		if err != nil {
			return err
		}
		headers = append(headers, found...)
		done.From = append(done.From, files...)
	}
	r.opt.Show.Stage("selecting " + printable(in.name))
	const answer = "answer"
	if err := statement.CreateTable(ctx, r.engine, answer, in.source.Select); err != nil {
		return inStatement(in.name, err, headers...)
	}
	typed := File{}
	if err := r.typeAnswer(ctx, i, answer, &typed); err != nil {
		return err
	}
	done.take(typed)
	digest := sha256.New()
	_, _ = digest.Write([]byte(in.source.Select))
	for _, f := range done.From {
		_, _ = digest.Write([]byte("\x00" + f.Name + "\x00" + f.SHA256))
		done.Bytes += f.Bytes
	}
	done.SHA256 = fmt.Sprintf("%x", digest.Sum(nil))
	r.files[i] = done
	return r.engine.Exec(ctx, "DROP TABLE "+answer)
}

// take adds what became of the rows of an answer.
func (f *File) take(typed File) {
	f.RowsIn += typed.RowsIn
	f.Loaded += typed.Loaded
	f.Quarantined += typed.Quarantined
	f.Deduplicated += typed.Deduplicated
	f.Deleted += typed.Deleted
	f.digitsCut, f.hasOrigins, f.Columns, f.UnknownColumns = typed.digitsCut, typed.hasOrigins, typed.Columns, typed.UnknownColumns
}

// A name that the engine did not find; what it offers instead is only of the columns that were
// loaded.
var notFound = regexp.MustCompile(`^(.*(?:Referenced column|does not have a column named) "([^"]+)"[^!]*)!?(?: Candidate bindings: .*)?$`)

// inStatement names the place of a problem in the analyst's text. headers are those of the files.
func inStatement(name string, err error, headers ...string) error {
	problem, isProblem := errors.AsType[*statement.Problem](err)
	if !isProblem {
		return err
	}
	at := printable(name)
	if problem.Line > 0 {
		at += fmt.Sprintf(":%d", problem.Line)
	}
	if problem.Column > 0 {
		at += fmt.Sprintf(":%d", problem.Column)
	}
	if found := notFound.FindStringSubmatch(problem.Text); found != nil {
		return failure.Errorf(failure.Contract, "%s: %s%s\nhint: a column that the files may lack is named under optional of its relation", at, found[1], words.DidYouMean(found[2], headers))
	}
	return failure.Errorf(failure.Contract, "%s: %s", at, problem.Text)
}

// typeAnswer types the rows of an answer, and keeps where they come from if it says so.
func (r *reading) typeAnswer(ctx context.Context, i int, answer string, done *File) error {
	p := r.parquetFile(i, "")
	p.relation, p.row, p.streams = " FROM "+answer+" AS p", "p.rowid", false
	p.listing = "SELECT * FROM " + answer + " LIMIT 0"
	p.isAnswer = true
	if err := p.rows(ctx, done); err != nil {
		return err
	}
	done.Columns, done.UnknownColumns = p.layout.mappings(p.declared), p.layout.unknown
	if !p.origins {
		return nil
	}
	for _, statement := range []string{
		"CREATE TABLE IF NOT EXISTS " + origins(r.table.Name) + " (file_number INTEGER, line BIGINT, origin_file VARCHAR, origin_line BIGINT)",
		fmt.Sprintf("INSERT INTO %s SELECT CAST(%d AS INTEGER), p.rowid + 1, CAST(p.%s AS VARCHAR), TRY_CAST(p.%s AS BIGINT)%s", origins(r.table.Name), i, originFile, originLine, p.relation),
	} {
		if err := r.engine.Exec(ctx, statement); err != nil {
			return err
		}
	}
	done.hasOrigins = true
	return nil
}

// relation makes the temporary view of a relation of a SELECT: the rows of its files, by the names
// of their columns, of those that the statement may read. It also returns all headers of the files.
func (r *reading) relation(ctx context.Context, i int, name string, source config.Source, parsed statement.Statement, done *File) (files []File, headers []string, err error) {
	where := "tables." + r.table.Name + ".from." + name
	delimiter, err := delimiterOf(where, source)
	if err != nil {
		return nil, nil, err
	}
	plain := map[string]*value.Plain{}
	for header, given := range source.Columns {
		if plain[header], err = value.NewPlain(where+".columns."+header, given); err != nil {
			return nil, nil, failure.Errorf(failure.Usage, "%w", err)
		}
	}
	var parts []string
	for j, path := range source.Paths {
		f, err := formatOf(source.Files[j])
		if err != nil {
			return nil, nil, err
		}
		one := relationFile{reading: r, where: where, plain: plain, name: source.Files[j], path: path, format: f, written: source, delimiter: delimiter, statement: parsed,
			table: fmt.Sprintf("%s_%d_%s_%d", r.table.Name, i+1, name, j+1)}
		file, part, err := one.read(ctx)
		if err != nil {
			return nil, nil, err
		}
		headers = append(headers, one.layout.headers...)
		files, parts = append(files, file), append(parts, part)
		done.RowsIn += file.Quarantined + file.Deleted
		done.Quarantined += file.Quarantined
		done.Deduplicated += file.Deleted
		done.Deleted += file.Deleted
		if err := r.quarantine.add(i, one.bad); err != nil {
			return nil, nil, err
		}
	}
	parts = append(parts, withoutRows(source.Optional))
	return files, headers, r.engine.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+engine.Name(name)+" AS "+strings.Join(parts, " UNION ALL BY NAME "))
}

// withoutRows has columns that files may lack, and no row.
func withoutRows(optional []string) string {
	columns := []string{"CAST(NULL AS VARCHAR) AS " + originFile, "CAST(NULL AS BIGINT) AS " + originLine}
	for _, header := range optional {
		columns = append(columns, "CAST(NULL AS VARCHAR) AS "+engine.Name(header))
	}
	return "SELECT " + strings.Join(columns, ", ") + " WHERE FALSE"
}

// A relationFile is one file of a relation of a SELECT.
type relationFile struct {
	*reading
	name, path string
	format     format
	written    config.Source
	delimiter  byte
	statement  statement.Statement
	where      string                  // in the configuration
	plain      map[string]*value.Plain // how values are written, by header
	table      string                  // of the engine

	// What its header decides:
	headers  []string       // of the columns that are read
	columns  contract.Table // of the engine's table: c0, c1 and so on, all of them text
	declared []declaration
	layout   layout
	problems []string

	bad []Quarantined
}

// read makes the file's table, and returns the query for its rows under the file's own headers.
func (f *relationFile) read(ctx context.Context) (File, string, error) {
	if f.format == parquet {
		return f.readParquet(ctx)
	}
	return f.readText(ctx)
}

// choose finds, among the headers, the columns that the statement may read and those that mark
// deleted rows.
func (f *relationFile) choose(headers []string) {
	f.headers, f.declared, f.problems = nil, nil, nil
	f.layout, f.columns = layout{headers: headers}, contract.Table{Name: f.reading.table.Name}
	at, folded := make(map[string][]int, len(headers)), map[string]string{}
	for i, header := range headers {
		if isBlank(header) {
			f.layout.nameless = append(f.layout.nameless, i)
			continue
		}
		at[header] = append(at[header], i)
		lower := strings.ToLower(header)
		switch {
		case lower == originFile || lower == originLine:
			f.problems = append(f.problems, "has a column "+header+", which is what a SELECT calls the file and line of a row\nhint: rename the column")
		case folded[lower] != "" && folded[lower] != header:
			f.problems = append(f.problems, fmt.Sprintf("has columns %s and %s, which SQL cannot tell apart\nhint: rename one of them", quotedHeader(folded[lower]), quotedHeader(header)))
		}
		folded[lower] = header
		if MarksDeletion(header) && !f.statement.Names(header) {
			f.layout.deletion = append(f.layout.deletion, i)
			continue
		}
		if !f.statement.Reads(header) || len(at[header]) > 1 {
			continue
		}
		column := contract.Column{Name: fmt.Sprintf("c%d", len(f.headers)), Kind: contract.Text}
		f.columns.Columns = append(f.columns.Columns, column)
		f.declared = append(f.declared, declaration{Rule: value.TextRule(column, f.written.Nulls), from: header, plain: f.plain[header]})
		f.layout.places = append(f.layout.places, i)
		f.headers = append(f.headers, header)
	}
	for _, header := range slices.Sorted(maps.Keys(f.plain)) {
		if len(at[header]) == 0 && !slices.Contains(f.written.Optional, header) {
			f.problems = append(f.problems, fmt.Sprintf("%s.columns names %s, and there is no such header%s", f.where, quotedHeader(header), hint(header, headers)))
		}
	}

	f.problems = append(f.problems, repeated(headers, at, true)...)
}

// query is the rows of the engine's table under the file's own headers.
func (f *relationFile) query() string {
	var columns []string
	for i, header := range f.headers {
		columns = append(columns, fmt.Sprintf("c%d AS %s", i, engine.Name(header)))
	}
	columns = append(columns, engine.Text(f.name)+" AS "+originFile, lineColumn+" AS "+originLine)
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + engine.Name(f.table)
}

// readText reads a file of text. Its header decides what the engine's table is like, and is read
// first.
func (f *relationFile) readText(ctx context.Context) (File, string, error) {
	if err := f.readHeader(ctx); err != nil {
		return File{}, "", err
	}
	var file, counts File
	nameless := map[int]int64{}
	err := f.engine.Fill(ctx, f.table, rawSchema(f.columns), func(send func(arrow.RecordBatch) error) (err error) {
		c := f.csv()
		c.emit = func(part result) error {
			for column, line := range part.nameless {
				if _, found := nameless[column]; !found {
					nameless[column] = line
				}
			}
			counts.Loaded += int64(part.loaded)
			counts.Quarantined += int64(len(part.bad))
			counts.Deleted += int64(part.deleted)
			f.bad = append(f.bad, part.bad...)
			if part.batch == nil {
				return nil
			}
			return send(part.batch)
		}
		file, err = c.read(ctx)
		return err
	})
	if err == nil {
		err = namelessError(f.name, nameless)
	}
	if err != nil {
		return File{}, "", err
	}
	file.Loaded, file.Quarantined, file.Deleted, file.Deduplicated = counts.Loaded, counts.Quarantined, counts.Deleted, counts.Deleted
	file.RowsIn = counts.Loaded + counts.Quarantined + counts.Deleted
	file.Columns, file.UnknownColumns = nil, nil
	return file, f.query(), nil
}

// readHeader reads the names of the columns: the header or, of JSON Lines, the keys.
func (f *relationFile) readHeader(ctx context.Context) error {
	if !f.format.isJSON() {
		_, _, err := f.csv().pass(ctx, position{line: 1}, func(context.Context, *window) (*position, error) { return &position{}, nil })
		return err
	}
	keys, err := f.csv().keys(ctx)
	if err == nil {
		f.choose(keys)
	}
	return err
}

func (f *relationFile) csv() *csvFile {
	c := &csvFile{table: f.columns, declared: f.declared, name: f.name, path: f.path, format: f.format, delimiter: f.delimiter, written: f.written, opt: f.opt}
	c.columns = func(headers []string) (layout, []string) {
		if !slices.Equal(headers, f.layout.headers) {
			f.choose(headers)
		}
		return f.layout, f.problems
	}
	return c
}

// readParquet lets the engine copy the file, its values as the text that the engine writes for them.
func (f *relationFile) readParquet(ctx context.Context) (file File, query string, err error) {
	if len(f.plain) > 0 {
		return File{}, "", failure.Errorf(failure.Usage, "%s.columns: %s is a Parquet file, whose columns have types: only values of text files are rewritten", f.where, printable(f.name))
	}
	link := filepath.Join(f.opt.LinkDir, f.table+".parquet")
	p := &parquetFile{reading: f.reading, name: f.name, path: f.path, link: link, relation: fromParquet(link), row: "p.file_row_number", listing: listParquet(link)}
	file, err = p.digested(ctx, func(ctx context.Context, done *File) error {
		headers, types, err := p.listed(ctx)
		if err != nil {
			return err
		}
		if f.choose(headers); len(f.problems) > 0 {
			return failure.Errorf(failure.Contract, "%s: %s", printable(f.name), strings.Join(f.problems, "\n"+printable(f.name)+": "))
		}
		keeps := []string{"TRUE"}
		for _, place := range f.layout.deletion {
			condition, isCertain := keepsRule(column(headers[place]), types[place])
			if !isCertain {
				return failure.Errorf(failure.Contract, "%s: the column %s does not say plainly which rows are deleted\nhint: name it in the SELECT", printable(f.name), quotedHeader(headers[place]))
			}
			keeps = append(keeps, condition)
		}
		columns := []string{"p.file_row_number + 1 AS " + lineColumn}
		for i, place := range f.layout.places {
			text := asText(headers[place], types[place])
			if len(f.written.Nulls) > 0 {
				text = "CASE WHEN " + isIn(text, f.written.Nulls) + " THEN NULL ELSE " + text + " END"
			}
			columns = append(columns, fmt.Sprintf("NULLIF(%s, '') AS c%d", text, i))
		}
		if err := f.engine.Row(ctx, "SELECT COUNT(*)"+p.relation, nil, &done.RowsIn); err != nil {
			return p.damaged(ctx, err)
		}
		done.Loaded, err = f.engine.Change(ctx, "CREATE OR REPLACE TABLE "+engine.Name(f.table)+" AS SELECT "+strings.Join(columns, ", ")+p.relation+" WHERE "+strings.Join(keeps, " AND "))
		if err == nil {
			err = f.engine.Row(ctx, "SELECT COUNT(*) FROM "+engine.Name(f.table), nil, &done.Loaded)
		}
		if err != nil {
			return p.damaged(ctx, err)
		}
		done.Deleted = done.RowsIn - done.Loaded
		done.Deduplicated = done.Deleted
		return nil
	})
	return file, f.query(), err
}
