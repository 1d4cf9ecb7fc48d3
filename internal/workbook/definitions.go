package workbook

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// definitionsHeader is the row of the header of the definitions.
const definitionsHeader = 1

// writeDefinitions writes what every column means: one row per report and column. The name of a
// report is a link to its sheet in the first of its rows; Excel has at most 65,530 links in a sheet.
func (b *book) writeDefinitions(listed []listing) error {
	p, err := b.page(definitions, 28, 34, 8, 18, 110)
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
			if err := p.add(report, c.Name, c.isKey, c.Unit, styled(b.wrapped, c.Description)); err != nil {
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
