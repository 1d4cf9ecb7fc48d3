package ingest

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/words"
)

const (
	fileNumberColumn = "file_number"
	lineColumn       = "line"
)

// rawSchema is the schema of raw_<table>: the storage columns of the contract, then where the row
// comes from.
func rawSchema(t contract.Table) *arrow.Schema {
	var fields []arrow.Field
	for _, column := range t.Columns {
		fields = append(fields, column.Fields()...)
	}
	return arrow.NewSchema(append(fields,
		arrow.Field{Name: fileNumberColumn, Type: arrow.PrimitiveTypes.Int32},
		arrow.Field{Name: lineColumn, Type: arrow.PrimitiveTypes.Int64}), nil)
}

// A typer turns the records of one file into record batches of the raw table, and bad records into
// quarantined rows. It is not safe for concurrent use.
type typer struct {
	table      contract.Table
	file       string
	fileNumber int
	layout     layout
	delimiter  byte     // of CSV
	isPadded   bool     // the fields that a record lacks at its end are empty
	padded     [][]byte // scratch of a record that was padded
	id         []byte   // scratch of an id that is made of other cells

	cells    []*cell // by contract column
	builder  *array.RecordBuilder
	given    []*cell // those that the file holds, or the configuration
	missing  []array.Builder
	money    []*cell
	currency *cell
	oneOf    []*cell
	starts   *cell
	ends     *cell

	loaded   int
	deleted  int
	bad      []Quarantined
	nameless map[int]int64 // column without a header: the first line that has a value there
}

func newTyper(t contract.Table, declared []declaration, file string, fileNumber int, l layout) *typer {
	r := &typer{table: t, file: file, fileNumber: fileNumber, layout: l, nameless: map[int]int64{},
		builder: array.NewRecordBuilder(memory.DefaultAllocator, rawSchema(t))}
	field := 0
	for i, d := range declared {
		c := newCell(d)
		for range d.Column.Fields() {
			c.columns = append(c.columns, r.builder.Field(field))
			field++
		}
		r.cells = append(r.cells, c)
		c.place = l.places[i]
		if c.place == absent {
			c.Null = true
			r.missing = append(r.missing, c.columns...)
			continue
		}
		r.given = append(r.given, c)
		switch {
		case d.Column.Kind == contract.Money:
			r.money = append(r.money, c)
		case d.Column.Kind == contract.Currency:
			r.currency = c
		case t.Name == "costs" && d.Column.Name == "starts_on", t.Name == contract.ControlTotals && d.Column.Name == "period_start":
			r.starts = c
		case t.Name == "costs" && d.Column.Name == "ends_on", t.Name == contract.ControlTotals && d.Column.Name == "period_end":
			r.ends = c
		}
		for _, name := range t.OneOf {
			if name == d.Column.Name {
				r.oneOf = append(r.oneOf, c)
			}
		}
	}
	return r
}

// record reads one record. raw is its text in the file. checked means that it is known to be UTF-8
// without NUL.
func (r *typer) record(fields [][]byte, raw []byte, line int64, checked bool) {
	if missing := len(r.layout.headers) - len(fields); missing > 0 && r.isPadded {
		r.padded = append(append(r.padded[:0], fields...), make([][]byte, missing)...)
		fields = r.padded
	}
	if len(fields) != len(r.layout.headers) {
		reason, remedy := r.wrongCount(len(fields), raw)
		r.rejectLines(line, "", nil, reason, remedy, raw)
		return
	}
	for _, i := range r.layout.nameless {
		if _, found := r.nameless[i]; !found && len(bytes.TrimSpace(fields[i])) > 0 {
			r.nameless[i] = line
		}
	}
	if bytes.IndexByte(trimNewline(raw), '\n') >= 0 {
		if i := swallowing(fields, r.delimiter, plausibleMarks); i >= 0 {
			r.rejectLines(line, r.layout.headers[i], firstLine(fields[i]), "contains whole rows", "", raw)
			return
		}
	}
	deleted, doubtful, reasonOfDeletion := r.layout.isDeleted(fields)
	if deleted { // whatever else is wrong with it
		r.deleted++
		return
	}
	if !checked {
		if i, reason := unreadable(fields); reason != "" {
			r.reject(line, r.layout.headers[i], fields[i], reason, raw)
			return
		}
	}
	if reasonOfDeletion != "" {
		r.rejectCell(line, r.layout.headers[doubtful], fields[doubtful], reasonOfDeletion, raw)
		return
	}
	for _, c := range r.given {
		text := r.source(c, fields, line)
		if reason := c.Read(text); reason != "" {
			if reason == value.ReasonEmpty {
				reason += "; every row of " + r.table.Name + " needs it"
			}
			name := c.Column.Name
			if c.plain != nil {
				name = c.from // a relation has its columns under the file's own headers
			}
			r.rejectCell(line, name, text, reason, raw)
			return
		}
	}
	if column, text, reason := r.together(fields, line); reason != "" {
		r.reject(line, column, text, reason, raw)
		return
	}
	for _, c := range r.given {
		c.append()
	}
	r.builder.Field(r.builder.Schema().NumFields() - 1).(*array.Int64Builder).Append(line)
	r.loaded++
}

// wrongCount is the reason, and the remedy, for a record that has more or fewer fields than the
// header.
func (r *typer) wrongCount(fields int, raw []byte) (reason, remedy string) {
	reason = fmt.Sprintf("has %s and the header has %s", words.Count(fields, "field"), words.Number(len(r.layout.headers)))
	switch {
	case bytes.IndexByte(trimNewline(raw), '\r') >= 0:
		return reason, "it holds carriage returns: end its lines in LF or CRLF, not in CR alone"
	case fields < len(r.layout.headers):
		return reason, "add the missing fields, or put quotes around a value with a line end in it"
	}
	return reason, "put quotes around a value with the delimiter in it"
}

// together checks the rules that involve several cells of a row.
func (r *typer) together(fields [][]byte, line int64) (column string, text []byte, reason string) {
	if r.currency != nil && !r.currency.Null {
		for _, c := range r.money {
			if !c.Null && c.Scale > r.currency.Exponent {
				return c.Column.Name, r.source(c, fields, line), fmt.Sprintf("has more decimals than %s allows; write at most %d decimals", r.currency.Text, r.currency.Exponent)
			}
		}
	}
	if r.starts != nil && r.ends != nil && r.ends.Whole < r.starts.Whole {
		return r.ends.Column.Name, r.source(r.ends, fields, line), "is before " + r.starts.Column.Name
	}
	if len(r.table.OneOf) == 0 {
		return "", nil, ""
	}
	for _, c := range r.oneOf {
		if !c.Null {
			return "", nil, ""
		}
	}
	return "", nil, "has none of " + strings.Join(r.table.OneOf, ", ") + "; every row of " + r.table.Name + " needs one of them"
}

// source is the text of a cell: a field, what the configuration gives, or an id that is made of
// other fields or of the position of the record.
func (r *typer) source(c *cell, fields [][]byte, line int64) []byte {
	switch {
	case c.place == constant:
		return c.constant
	case c.place != keyed:
		return fields[c.place]
	}
	r.id = r.id[:0]
	if len(r.layout.key) == 0 {
		r.id = append(append(r.id, r.file...), ':')
		return strconv.AppendInt(r.id, line, 10)
	}
	isEmpty := true
	for i, place := range r.layout.key {
		isEmpty = isEmpty && len(fields[place]) == 0
		if i > 0 {
			r.id = append(r.id, '|')
		}
		for _, b := range fields[place] {
			if b == '|' || b == '\\' { // so that no two lists of values make the same id
				r.id = append(r.id, '\\')
			}
			r.id = append(r.id, b)
		}
	}
	if isEmpty {
		return nil
	}
	return r.id
}

// unreadable finds the first field that is not text.
func unreadable(fields [][]byte) (int, string) {
	for i, field := range fields {
		if bytes.IndexByte(field, 0) >= 0 {
			return i, "holds a NUL byte"
		}
		if !utf8.Valid(field) {
			return i, "is not UTF-8; set the encoding of the file, such as windows-1252"
		}
	}
	return 0, ""
}

func isText(data []byte) bool { return bytes.IndexByte(data, 0) < 0 && utf8.Valid(data) }

func (r *typer) reject(line int64, column string, value []byte, reason string, raw []byte) {
	r.bad = append(r.bad, Quarantined{Table: r.table.Name, File: r.file, Line: line, Column: column, Reason: reason,
		Value: cut(value, maxValue), Raw: cut(trimNewline(raw), maxRaw)})
}

func trimNewline(raw []byte) []byte { return trimReturn(bytes.TrimSuffix(raw, []byte{'\n'})) }

// A result has the rows and counts of some records of a file.
type result struct {
	batch    arrow.RecordBatch // nil when no row was good
	loaded   int
	deleted  int
	bad      []Quarantined
	nameless map[int]int64
	cut      int // cells whose digits below the microsecond were cut
}

// take returns what was typed since the last take.
func (r *typer) take() result {
	done := result{loaded: r.loaded, deleted: r.deleted, bad: r.bad, nameless: r.nameless}
	for _, c := range r.cells {
		done.cut += c.cut
		c.cut = 0
	}
	if r.loaded > 0 {
		for _, column := range r.missing {
			column.AppendNulls(r.loaded)
		}
		numbers := r.builder.Field(r.builder.Schema().NumFields() - 2).(*array.Int32Builder)
		for range r.loaded {
			numbers.Append(int32(r.fileNumber))
		}
		done.batch = r.builder.NewRecordBatch()
	}
	r.loaded, r.deleted, r.bad, r.nameless = 0, 0, nil, map[int]int64{}
	return done
}
