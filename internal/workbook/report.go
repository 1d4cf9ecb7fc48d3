package workbook

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/tributary-engine/tributary/internal/words"
)

// The rows of the sheet of a report.
const (
	titleRow  = 1 // what the report is
	noteRow   = 2 // how many rows there are, and what is left out
	headerRow = 3
)

const (
	narrowest, widest = 8, 44 // widths of columns, in characters
	frozenWidth       = 70    // key columns stay in view while they leave room for others
	filterButton      = 3     // characters that it covers in a header
)

// writeReport writes the sheet of a report, and returns what it leaves out.
func (b *book) writeReport(l listing, r rows) (left []string, err error) {
	sheet := b.sheets[l.report.Name]
	if len(l.columns) > excelize.MaxColumns {
		left = append(left, words.Count(len(l.columns)-excelize.MaxColumns, "column"))
		l.columns = l.columns[:excelize.MaxColumns]
	}
	if r.which != "" {
		left = append(left, r.which)
	}
	cells, lost, err := b.convert(l.columns, r)
	if err != nil {
		return nil, err
	}
	left = append(left, lost.sentences()...)

	w, err := b.file.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	if err := layOut(w, l.columns, b.widths(l.columns, r)); err != nil {
		return nil, err
	}
	if err := b.writeHead(w, l, r, left); err != nil {
		return nil, err
	}
	for i, row := range cells {
		if err := w.SetRow("A"+strconv.Itoa(headerRow+1+i), row); err != nil {
			return nil, err
		}
	}
	if len(cells) > 0 { // Excel has no table without rows
		last, err := excelize.CoordinatesToCellName(len(l.columns), headerRow+len(cells))
		if err != nil {
			return nil, err
		}
		table := excelize.Table{Range: "A" + strconv.Itoa(headerRow) + ":" + last, Name: b.tables.table(l.report.Name), StyleName: "TableStyleLight1"}
		if err := w.AddTable(&table); err != nil {
			return nil, err
		}
	}
	return left, w.Flush()
}

// convert makes the cells of the sheet.
func (b *book) convert(columns []column, r rows) (cells [][]any, lost losses, err error) {
	styles := make([]int, len(columns))
	for i, c := range columns {
		if styles[i], err = b.style(c.format(b.decimals)); err != nil {
			return nil, losses{}, err
		}
	}
	all := make([]any, len(r.cells)*len(columns))
	for _, row := range r.cells {
		line := all[:len(columns):len(columns)]
		all = all[len(columns):]
		for i, c := range columns {
			value := lost.value(c.kind, row[i])
			switch _, isText := value.(string); {
			case value == nil:
			case isText && c.kind != text:
				line[i] = styled(b.asText, value)
			case styles[i] != 0:
				line[i] = styled(styles[i], value)
			default:
				line[i] = value
			}
		}
		cells = append(cells, line)
	}
	return cells, lost, nil
}

// widths are the widths of the columns: all of a number, and most of a text.
func (b *book) widths(columns []column, r rows) []int {
	found := make([]int, len(columns))
	for i, c := range columns {
		found[i] = max(narrowest, utf8.RuneCountInString(c.Name)+filterButton)
		decimals := c.decimals(b.decimals)
		for _, row := range r.cells {
			found[i] = max(found[i], min(width(c.kind, decimals, row[i])+1, widest))
		}
	}
	return found
}

// layOut sets the widths, and freezes the header and the key columns at the left.
func layOut(w *excelize.StreamWriter, columns []column, widths []int) error {
	frozen, taken := 0, 0
	for i, c := range columns {
		if err := w.SetColWidth(i+1, i+1, float64(widths[i])); err != nil {
			return err
		}
		if taken += widths[i]; c.isKey && frozen == i && taken <= frozenWidth {
			frozen++
		}
	}
	corner, err := excelize.CoordinatesToCellName(frozen+1, headerRow+1)
	if err != nil {
		return err
	}
	pane := "bottomRight"
	if frozen == 0 {
		pane = "bottomLeft"
	}
	return w.SetPanes(&excelize.Panes{Freeze: true, XSplit: frozen, YSplit: headerRow, TopLeftCell: corner, ActivePane: pane})
}

// writeHead writes the rows above the data. The meaning of every column is a note on its header.
func (b *book) writeHead(w *excelize.StreamWriter, l listing, r rows, left []string) error {
	style, note := b.link, words.Count(r.total, "row")+". What the columns mean: "+definitions+"."
	if len(left) > 0 {
		style, note = b.warning, "Not as in the report: "+strings.Join(left, "; ")+". Everything is in "+csvOf(l)+" of the run."
	}
	if r.total == 0 {
		note = "This report has no rows. What the columns mean: " + definitions + "."
	}
	header := make([]any, len(l.columns))
	for i, c := range l.columns {
		header[i] = b.headerOf(c)
	}
	if err := w.SetRow("A"+strconv.Itoa(titleRow), []any{styled(b.heading, l.report.Name+": "+l.report.Doc)}); err != nil {
		return err
	}
	if err := w.SetRow("A"+strconv.Itoa(noteRow), []any{styled(style, note)}); err != nil {
		return err
	}
	if err := w.SetRow("A"+strconv.Itoa(headerRow), header); err != nil {
		return err
	}
	if err := b.linkTo(w.Sheet, "A"+strconv.Itoa(titleRow), about, "A1"); err != nil {
		return err
	}
	if err := b.linkTo(w.Sheet, "A"+strconv.Itoa(noteRow), definitions, "A"+strconv.Itoa(l.definition)); err != nil {
		return err
	}
	return b.annotate(w.Sheet, l.columns)
}

// annotate puts the unit and the meaning of each column into a note on its header.
func (b *book) annotate(sheet string, columns []column) error {
	for i, c := range columns {
		cell, err := excelize.CoordinatesToCellName(i+1, headerRow)
		if err != nil {
			return err
		}
		meaning := c.Name + " (" + c.Unit + "): " + c.Description
		note := excelize.Comment{Cell: cell, Author: "Tributary", Text: meaning, Width: 280, Height: uint(30 + 17*(len(meaning)/38+1))}
		if err := b.file.AddComment(sheet, note); err != nil {
			return err
		}
	}
	return nil
}

// linkTo makes a cell a link to a cell of another sheet.
func (b *book) linkTo(sheet, cell, name, to string) error {
	return b.file.SetCellHyperLink(sheet, cell, fmt.Sprintf("'%s'!%s", strings.ReplaceAll(b.sheets[name], "'", "''"), to), "Location")
}

// csvOf is where all rows of a report are.
func csvOf(l listing) string { return "reports/" + l.report.Name + ".csv" }
