package reports

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/spreadsheet"
)

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\uFEFF"

// WriteExcelCSV writes a query's answer as CSV for people who open it in Excel: with a byte order
// mark, CRLF between rows (line breaks within a cell stay as they are), and an apostrophe before
// text, and before numbers of more than 15 digits, that Excel would change or run.
func WriteExcelCSV(ctx context.Context, eng *engine.Engine, query string, out io.Writer) error {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return failure.Writing("%w", err)
	}
	line := &bytes.Buffer{}
	w := csv.NewWriter(line)
	write := func(record []string) error {
		line.Reset()
		if err := w.Write(record); err != nil {
			return err
		}
		w.Flush() // into memory
		line.Truncate(line.Len() - len("\n"))
		line.WriteString("\r\n")
		if _, err := out.Write(line.Bytes()); err != nil {
			return failure.Writing("%w", err)
		}
		return nil
	}
	return Rows(ctx, eng, query, write, func(cells []Cell) error {
		record := make([]string, len(cells))
		for i, c := range cells {
			record[i] = c.Text
			if c.IsText {
				record[i] = spreadsheet.KeepText(c.Text)
			} else if !spreadsheet.Keeps(c.Text) && isDecimal(c.Text) {
				record[i] = "'" + c.Text
			}
		}
		return write(record)
	})
}

// isDecimal tells a number from a day, an instant, true and false.
func isDecimal(text string) bool {
	for i, r := range text {
		if (r < '0' || r > '9') && r != '.' && (r != '-' || i > 0) {
			return false
		}
	}
	return text != ""
}
