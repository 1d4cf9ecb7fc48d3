package ingest

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/ingest/value"
)

// A cell reads one column, a row at a time: Read parses the text, and append stores the parsed value.
type cell struct {
	value.Reader
	plain    *value.Plain    // rewrites the text first, of a relation of a SELECT; nil: it is taken as it is
	from     string          // header in the file
	constant []byte          // the same for every row; nil: none
	place    int             // index of its header, absent or constant
	columns  []array.Builder // where append stores it: one, or two for digits and scale
	cut      int             // cells that append stored and that were cut
}

func newCell(d declaration) *cell {
	c := &cell{Reader: value.NewReader(d.Rule), from: d.from, constant: d.constant}
	if d.plain != nil {
		own := *d.plain // each goroutine has its own scratch
		c.plain = &own
	}
	return c
}

// Read types text, after it was rewritten where the relation says how it is written.
func (c *cell) Read(text []byte) string {
	if c.plain != nil {
		var reason string
		if text, reason = c.plain.Read(text); reason != "" {
			return reason
		}
	}
	return c.Reader.Read(text)
}

// append stores the value that Read parsed.
func (c *cell) append() {
	if c.Null {
		for _, column := range c.columns {
			column.AppendNull()
		}
		return
	}
	switch column := c.columns[0].(type) {
	case *array.StringBuilder:
		column.BinaryBuilder.Append(c.Text)
	case *array.Int64Builder:
		column.Append(c.Whole)
	case *array.TimestampBuilder:
		column.Append(arrow.Timestamp(c.Whole))
		if c.IsCut {
			c.cut++
		}
	case *array.Date32Builder:
		column.Append(arrow.Date32(c.Whole))
	case *array.BooleanBuilder:
		column.Append(c.Whole == 1)
	}
	if len(c.columns) == 2 {
		switch column := c.columns[1].(type) {
		case *array.Int8Builder:
			column.Append(int8(c.Scale))
		case *array.Int64Builder:
			column.Append(c.Span)
		}
	}
}
