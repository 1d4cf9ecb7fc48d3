package reports

import (
	"context"
	"encoding/csv"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/spreadsheet"
)

// WriteCSV writes a query's answer as CSV with a header: LF lines, NULL as an empty cell, decimals as they are. Text that
// a spreadsheet would take for a formula gets a leading apostrophe, unless raw.
func WriteCSV(ctx context.Context, eng *engine.Engine, query string, out io.Writer, raw bool) error {
	w := csv.NewWriter(out)
	err := Rows(ctx, eng, query,
		func(header []string) error { return w.Write(header) },
		func(cells []Cell) error {
			record := make([]string, len(cells))
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
		for reader.Next() {
			batch := reader.RecordBatch()
			for row := range int(batch.NumRows()) {
				for i, column := range batch.Columns() {
					cells[i] = cellOf(column, row)
				}
				if err := each(cells); err != nil {
					return err
				}
			}
		}
		return reader.Err()
	})
}

func cellOf(column arrowArray, row int) Cell {
	_, isText := column.(*array.String)
	if column.IsNull(row) {
		return Cell{IsNull: true, IsText: isText}
	}
	if d, ok := column.(*array.Decimal128); ok {
		return Cell{Text: d.Value(row).ToString(d.DataType().(*arrow.Decimal128Type).Scale)}
	}
	// The engine frees the batch that the text lies in: a cell outlives it.
	return Cell{Text: strings.Clone(column.ValueStr(row)), IsText: isText}
}

// arrowArray is the part of an Arrow column that a cell needs.
type arrowArray interface {
	IsNull(row int) bool
	ValueStr(row int) string
}
