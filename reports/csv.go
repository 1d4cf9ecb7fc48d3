package reports

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/spreadsheet"
)

// WriteCSV writes a query's answer as CSV with a header: LF lines, NULL as an empty cell, decimals
// as they are. Text that a spreadsheet would take for a formula gets a leading apostrophe, unless
// raw.
func WriteCSV(ctx context.Context, eng *engine.Engine, query string, out io.Writer, raw bool) error {
	w := csv.NewWriter(out)
	var record []string
	err := Rows(ctx, eng, query,
		func(header []string) error { return w.Write(header) },
		func(cells []Cell) error {
			record = slices.Grow(record[:0], len(cells))[:len(cells)]
			for i, c := range cells {
				record[i] = c.Text
				if c.IsText && !raw {
					record[i] = spreadsheet.Defuse(c.Text)
				}
			}
			if err := w.Write(record); err != nil {
				return failure.Writing("%w", err)
			}
			return nil
		})
	if err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return failure.Writing("%w", err)
	}
	return nil
}

// A Cell of a report, as text.
type Cell struct {
	Text   string
	IsNull bool
	IsText bool // a text column: anything may stand there

	IsNumber, IsBool bool // of a column of numbers, and of one of true and false
}

// Rows hands on the header and then every row of a query's answer.
func Rows(ctx context.Context, eng *engine.Engine, query string, header func([]string) error, each func([]Cell) error) error {
	return eng.Stream(ctx, query, func(reader array.RecordReader) error {
		var names []string
		for _, field := range reader.Schema().Fields() {
			names = append(names, field.Name)
		}
		if err := header(names); err != nil {
			return err
		}
		cells := make([]Cell, len(names))
		ends := make([]int, len(names))
		var line []byte
		for reader.Next() {
			batch := reader.RecordBatch()
			for row := range int(batch.NumRows()) {
				line = line[:0]
				for i, column := range batch.Columns() {
					line = appendText(line, column, row)
					ends[i] = len(line)
				}
				text, start := string(line), 0 // of all cells: the engine frees the batch, and a cell outlives it
				for i, column := range batch.Columns() {
					cells[i] = Cell{Text: text[start:ends[i]], IsNull: column.IsNull(row)}
					switch column.DataType().ID() {
					case arrow.STRING:
						cells[i].IsText = true
					case arrow.BOOL:
						cells[i].IsBool = true
					case arrow.DECIMAL128, arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64, arrow.UINT8, arrow.UINT16, arrow.UINT32, arrow.UINT64, arrow.FLOAT32, arrow.FLOAT64:
						cells[i].IsNumber = true
					}
					start = ends[i]
				}
				if err := each(cells); err != nil {
					return err
				}
			}
		}
		return reader.Err()
	})
}

// appendText appends the text of a value; that of NULL is empty.
func appendText(text []byte, column arrow.Array, row int) []byte {
	if column.IsNull(row) {
		return text
	}
	switch c := column.(type) {
	case *array.String:
		return append(text, c.Value(row)...)
	case *array.Int64:
		return strconv.AppendInt(text, c.Value(row), 10)
	case *array.Decimal128:
		return appendDecimal(text, c.Value(row), c.DataType().(*arrow.Decimal128Type).Scale)
	}
	return append(text, column.ValueStr(row)...)
}

// appendDecimal appends n * 10^-scale. Most numbers fit 64 bits, whose digits are found without big
// integers.
func appendDecimal(text []byte, n decimal128.Num, scale int32) []byte {
	whole := int64(n.LowBits())
	if n != decimal128.FromI64(whole) || scale < 0 {
		return append(text, n.ToString(scale)...)
	}
	var buffer [20]byte
	digits := strconv.AppendUint(buffer[:0], n.Abs().LowBits(), 10)
	if whole < 0 {
		text = append(text, '-')
	}
	if missing := int(scale) + 1 - len(digits); missing > 0 {
		digits = append(bytes.Repeat([]byte{'0'}, missing), digits...)
	}
	point := len(digits) - int(scale)
	text = append(text, digits[:point]...)
	if scale > 0 {
		text = append(append(text, '.'), digits[point:]...)
	}
	return text
}
