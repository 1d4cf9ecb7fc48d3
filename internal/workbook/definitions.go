package workbook

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// definitionsHeader is the row of the header of the definitions.
const definitionsHeader = 1

// meaningWidth is the width of the column of meanings.
const meaningWidth = 110

// lines is how many lines a meaning takes. A letter may be wider than a digit, in which Excel
// measures a column.
func lines(meaning string) int { return 1 + len(meaning)/(meaningWidth*9/10) }

// writeDefinitions writes what every column means: one row per report and column. The name of a
// report is a link to its sheet in the first of its rows; Excel has at most 65,530 links in a sheet.
func (b *book) writeDefinitions(listed []listing) error {
	p, err := b.page(definitions, 28, 34, 10, 20, meaningWidth)
	if err != nil {
		return err
	}
	truth, err := b.style(column{kind: flag}.format(0))
	if err != nil {
		return err
	}
	if err := p.SetPanes(&excelize.Panes{Freeze: true, YSplit: definitionsHeader, TopLeftCell: "A" + strconv.Itoa(definitionsHeader+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := p.add(styled(b.header, "report"), styled(b.header, "column"), styled(b.header, "is key"), styled(b.header, "unit"), styled(b.header, "meaning")); err != nil {
		return err
	}
	for _, l := range listed {
		for i, c := range l.columns {
			report := styled(0, l.report.Name)
			if i == 0 {
				report.StyleID = b.link
				if err := b.linkTo(p.Sheet, "A"+strconv.Itoa(p.row+1), l.report.Name, "A1"); err != nil {
					return err
				}
			}
			if err := p.addLines(lines(c.Description), report, c.Name, styled(truth, c.isKey), c.Unit, styled(b.wrapped, c.Description)); err != nil {
				return err
			}
		}
	}
	if p.row > definitionsHeader {
		if err := p.AddTable(&excelize.Table{Range: "A1:E" + strconv.Itoa(p.row), Name: b.tables.table(definitions), StyleName: "TableStyleLight1"}); err != nil {
			return err
		}
	}
	return p.Flush()
}
