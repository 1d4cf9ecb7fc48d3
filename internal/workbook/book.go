package workbook

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/tributary-engine/tributary/internal/failure"
)

// The sheets that are no report.
const (
	about       = "about"
	charts      = "charts"
	definitions = "definitions"
)

// font is that of a new workbook.
const font = "Calibri"

// A book is the workbook while it is written.
type book struct {
	file     *excelize.File
	decimals int               // of the reporting currency
	sheets   map[string]string // sheet by report
	tables   names

	title, heading, strong, header, numberHeader, keyHeader, link, warning, wrapped, indented, asText int // styles
}

// newBook begins a workbook. What is too large for memory goes to files in the directory, which end
// with the book.
func newBook(decimals int, directory string) (*book, error) {
	b := &book{
		file:     excelize.NewFile(excelize.Options{TmpDir: directory}),
		decimals: decimals, sheets: map[string]string{}, tables: names{},
	}
	b.file.SetZipWriter(func(out io.Writer) excelize.ZipWriter { return &archive{out: out} })
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	bold := func(size float64) *excelize.Font { return &excelize.Font{Bold: true, Size: size, Family: font} }
	line := []excelize.Border{{Type: "bottom", Style: 1, Color: "7F7F7F"}}
	right := &excelize.Alignment{Horizontal: "right"}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.title, excelize.Style{Font: bold(16)}},
		{&b.heading, excelize.Style{Font: bold(12)}},
		{&b.strong, excelize.Style{Font: bold(11)}},
		{&b.header, excelize.Style{Font: bold(11), Fill: fill("E7ECF2"), Border: line}},
		{&b.numberHeader, excelize.Style{Font: bold(11), Fill: fill("E7ECF2"), Border: line, Alignment: right}},
		{&b.keyHeader, excelize.Style{Font: bold(11), Fill: fill("CBD6E2"), Border: line}},
		{&b.link, excelize.Style{Font: &excelize.Font{Color: "0563C1", Underline: "single", Size: 11, Family: font}}},
		{&b.warning, excelize.Style{Font: &excelize.Font{Bold: true, Color: "9C0006", Size: 11, Family: font}}},
		{&b.wrapped, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&b.indented, excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1}}},
		{&b.asText, excelize.Style{Alignment: right, NumFmt: 49}}, // @: text
	} {
		var err error
		if *s.id, err = b.file.NewStyle(&s.style); err != nil {
			return nil, errors.Join(err, b.file.Close())
		}
	}
	return b, nil
}

// addSheets adds the sheets in their order.
func (b *book) addSheets(wanted []string) error {
	taken := names{}
	for i, name := range wanted {
		sheet := taken.sheet(name)
		b.sheets[name] = sheet
		if i == 0 {
			if err := b.file.SetSheetName(b.file.GetSheetName(0), sheet); err != nil {
				return err
			}
			continue
		}
		if _, err := b.file.NewSheet(sheet); err != nil {
			return err
		}
	}
	return nil
}

// style is the style of a number format. The library keeps one of each.
func (b *book) style(format string) (int, error) {
	if format == "General" {
		return 0, nil
	}
	return b.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
}

// save writes the workbook, and gives the file its name when it is complete.
func (b *book) save(path string) (err error) {
	// The library names the types of pictures in the order of a map.
	types := b.file.ContentTypes.Defaults
	sort.Slice(types, func(i, j int) bool { return types[i].Extension < types[j].Extension })
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return failure.Writing("writing the workbook: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // the error is why
		}
	}()
	if _, err := b.file.WriteTo(file); err != nil {
		return failure.Writing("writing %s: %w", path, errors.Join(err, file.Close()))
	}
	if err := errors.Join(file.Chmod(0o640), file.Close()); err != nil {
		return failure.Writing("writing %s: %w", path, err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return failure.Writing("writing %s: %w", path, err)
	}
	return nil
}

// A page is a sheet that is written from its first row to its last.
type page struct {
	*excelize.StreamWriter
	row int // the last one written
}

// page begins a sheet, with the widths of its columns. It is printed in landscape, as wide as the
// paper.
func (b *book) page(name string, widths ...float64) (*page, error) {
	landscape, yes, one, any := "landscape", true, 1, 0
	if err := b.file.SetPageLayout(b.sheets[name], &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return nil, err
	}
	if err := b.file.SetSheetProps(b.sheets[name], &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return nil, err
	}
	w, err := b.file.NewStreamWriter(b.sheets[name])
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	return &page{StreamWriter: w}, nil
}

// add writes the next row.
func (p *page) add(cells ...any) error {
	p.row++
	return p.SetRow("A"+strconv.Itoa(p.row), cells)
}

// headerOf is the header of a column: keys are darker, and numbers have theirs at the right.
func (b *book) headerOf(c column) excelize.Cell {
	switch {
	case c.isKey:
		return styled(b.keyHeader, c.Name)
	case c.kind == number:
		return styled(b.numberHeader, c.Name)
	}
	return styled(b.header, c.Name)
}

// styled is a cell with a style.
func styled(style int, value any) excelize.Cell { return excelize.Cell{StyleID: style, Value: value} }
