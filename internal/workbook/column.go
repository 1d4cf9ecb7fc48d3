package workbook

import (
	"context"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/reports"
)

// A kind is what the cells of a column hold.
type kind int

const (
	text kind = iota
	number
	day
	flag
)

// A column of a sheet.
type column struct {
	reports.Column
	kind    kind
	isWhole bool // a number without decimals
	isKey   bool
}

// columnsOf describes the columns of a report as its file has them.
func columnsOf(ctx context.Context, run *published.Run, report reports.Report) ([]column, error) {
	described, err := run.Read(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+engine.Name(report.Name)+")")
	if err != nil {
		return nil, err
	}
	var columns []column
	for _, row := range described.Rows {
		name, engineType := row[0].Text, row[1].Text
		c := column{Column: reports.Column{Name: name, Unit: "text"}, isKey: slices.Contains(report.Grain, name)}
		if known, isKnown := report.Column(name); isKnown { // else the run is of another version
			c.Column = known
		}
		c.kind, c.isWhole = kindOf(engineType)
		columns = append(columns, c)
	}
	return columns, nil
}

// kindOf is the kind of a type of the engine. Instants are text: Excel would round them to
// milliseconds.
func kindOf(engineType string) (k kind, isWhole bool) {
	switch {
	case engineType == "BOOLEAN":
		return flag, false
	case engineType == "DATE":
		return day, false
	case strings.HasPrefix(engineType, "DECIMAL"):
		return number, strings.HasSuffix(engineType, ",0)")
	case strings.HasSuffix(engineType, "INT") || strings.HasSuffix(engineType, "INTEGER"):
		return number, true
	}
	return text, false
}

// decimals is how many decimals the format of a column of numbers shows; those of money are those
// of the currency. The cells have all of them.
func (c column) decimals(ofMoney int) int {
	switch present.KindOf(c.Unit) {
	case present.Money:
		return ofMoney
	case present.Percent:
		return 1
	case present.Count:
		if c.isWhole {
			return 0
		}
		return 1
	}
	switch {
	case c.isWhole:
		return 0
	case c.Unit == "days" || c.Unit == "hours":
		return 1
	}
	return 2
}

// format is the number format of a column, in the language of Excel.
func (c column) format(ofMoney int) string {
	switch c.kind {
	case day:
		return "yyyy-mm-dd"
	case flag:
		return `"TRUE";"TRUE";"FALSE"` // LibreOffice shows 1 and 0 otherwise
	case text:
		return "General"
	}
	fraction := ""
	if n := c.decimals(ofMoney); n > 0 {
		fraction = "." + strings.Repeat("0", n)
	}
	switch {
	case present.KindOf(c.Unit) == present.Percent:
		return "0" + fraction + "%"
	case c.Unit == "depends on the code" || c.Unit == "as `value`" || present.KindOf(c.Unit) == present.Text: // the unit differs from row to row
		return "General"
	}
	return "#,##0" + fraction
}
