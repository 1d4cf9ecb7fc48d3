package ingest

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/statement"
)

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
			f.problems = append(f.problems, "has a column "+header+", which is the name of the file or line of a row in a SELECT\nhint: rename the column")
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
			f.problems = append(f.problems, fmt.Sprintf("%s.columns names %s, but the file has no such header%s", f.where, quotedHeader(header), hint(header, headers)))
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
				return failure.Errorf(failure.Contract, "%s: the column %s has values other than true and false, so it is not clear which rows are deleted\nhint: select the column in the SELECT, and leave out the deleted rows there", printable(f.name), quotedHeader(headers[place]))
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
