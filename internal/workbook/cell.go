package workbook

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/tributary-engine/tributary/internal/spreadsheet"
	"github.com/tributary-engine/tributary/internal/words"
	"github.com/tributary-engine/tributary/reports"
)

// Excel counts days from 1899-12-30, but believes that 1900 was a leap year: days before March of
// that year have two numbers, one in Excel and one in other programs.
var (
	dayZero  = time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	firstDay = time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)
)

const cutMark = " [cut: the whole text is in the CSV file]"

// losses counts the cells of a sheet that are not what the report has, because Excel cannot hold
// it. The library would cut, zero or round them and say nothing.
type losses struct {
	numbers int // numbers of more than 15 significant digits: text
	days    int // days before 1900-03-01: text
	cut     int // texts that are too long
	control int // texts with characters that a workbook cannot hold: they are shown as symbols
}

// value is what a cell of the sheet holds: nil, a text, a number, or true or false. A text is never
// a formula, whatever it begins with.
func (l *losses) value(k kind, c reports.Cell) any {
	switch {
	case c.IsNull || c.Text == "":
		return nil
	case k == flag:
		return c.Text == "true"
	case k == day:
		return l.day(c.Text)
	case k == number:
		return l.number(c.Text)
	}
	return l.text(c.Text)
}

// number is a decimal as a number, or as text if Excel would round it.
func (l *losses) number(exact string) any {
	n, err := strconv.ParseFloat(exact, 64)
	if err != nil || !spreadsheet.Keeps(exact) {
		l.numbers++
		return exact
	}
	return n
}

// day is the number that Excel has for a day, or the day as text if it has none.
func (l *losses) day(exact string) any {
	d, err := time.Parse(time.DateOnly, exact)
	if err != nil || d.Before(firstDay) {
		l.days++
		return l.text(exact)
	}
	return int(d.Sub(dayZero) / (24 * time.Hour))
}

// text is a text that a cell can hold.
func (l *losses) text(exact string) string {
	text := strings.Map(visible, strings.ToValidUTF8(exact, "\uFFFD"))
	if text != exact {
		l.control++
	}
	if len(text) > excelize.TotalCellChars && units(text) > excelize.TotalCellChars {
		l.cut++
		text = firstUnits(text, excelize.TotalCellChars-len(cutMark)) + cutMark
	}
	return text
}

// visible is the symbol of a character that XML cannot hold.
func visible(r rune) rune {
	switch {
	case r < ' ' && r != '\t' && r != '\n' && r != '\r':
		return '\u2400' + r // ␀ to ␟
	case r == '\uFFFE' || r == '\uFFFF':
		return '\uFFFD'
	}
	return r
}

// units is the length of a text as Excel counts it: in UTF-16.
func units(text string) (n int) {
	for _, r := range text {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > '\uFFFF' {
		return 2
	}
	return 1
}

// firstUnits is the beginning of a text that has at most so many units.
func firstUnits(text string, atMost int) string {
	n := 0
	for i, r := range text {
		if n += unitsOf(r); n > atMost {
			return text[:i]
		}
	}
	return text
}

// width is how many characters a cell takes when it is shown with its format.
func width(k kind, decimals int, c reports.Cell) int {
	switch k {
	case flag:
		return len("FALSE")
	case day:
		return len(time.DateOnly)
	case number:
		whole, _, _ := strings.Cut(c.Text, ".")
		n := len(whole) + max(len(whole)-1, 0)/3
		if decimals > 0 {
			n += 1 + decimals
		}
		return n
	}
	return utf8.RuneCountInString(c.Text)
}

// sentences say what is not as in the report.
func (l losses) sentences() (said []string) {
	for _, s := range []struct {
		n             int
		noun, because string
	}{
		{l.numbers, "number", "more than 15 digits, which Excel cannot keep: text, left out of sums"},
		{l.days, "day", "before 1900-03-01, which Excel cannot show: text"},
		{l.cut, "text", fmt.Sprintf("longer than %s characters: cut", words.Number(excelize.TotalCellChars))},
		{l.control, "text", "with characters that a workbook cannot hold: shown as symbols"},
	} {
		if s.n > 0 {
			said = append(said, words.Count(s.n, s.noun)+" "+s.because)
		}
	}
	return said
}
