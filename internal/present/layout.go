package present

import (
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// A Column of a table that is printed.
type Column struct {
	Name     string // as --columns takes it
	Heading  string
	Cells    []string
	IsNumber bool // numbers are never cut
	IsKey    bool // it tells rows apart: it is shown before anything else
	IsWhole  bool // its texts are not cut, as if they were numbers
}

const (
	// Gap is the number of blanks between two columns.
	Gap = 2

	headingLines = 3  // a heading is broken into at most so many lines
	longKey      = 24 // a text of a key is cut below this width only if there is no room,
	longText     = 28 // and another text below this one,
	shortText    = 10 // and no text is cut below this width
)

// Fit chooses the columns that a width has room for, the keys first, then the others in their order
// until one does not fit, and returns them with their widths. Numbers have the width that they
// need; texts share what is left.
func Fit(columns []Column, width int) (shown []Column, widths []int) {
	keys, room := 0, width+Gap
	for _, c := range columns {
		if c.IsKey {
			keys += c.least(longKey) + Gap
		}
	}
	shortKey := longKey
	if keys > room/2 {
		shortKey = shortText
	}
	for _, c := range columns {
		if c.IsKey {
			room -= c.least(shortKey) + Gap
		}
	}
	isFull := false
	for _, c := range columns {
		least := c.least(longText)
		if c.IsKey {
			least = c.least(shortKey)
		} else {
			isFull = isFull || least+Gap > room
			if isFull {
				continue
			}
			room -= least + Gap
		}
		shown, widths = append(shown, c), append(widths, least)
	}
	for room < 0 { // keys that are wider than the page: the widest gives way
		widest := widestText(shown, widths)
		if widest < 0 {
			break
		}
		widths[widest]--
		room++
	}
	for i, c := range shown {
		more := max(0, min(c.most()-widths[i], room))
		widths[i] += more
		room -= more
	}
	return shown, widths
}

func widestText(shown []Column, widths []int) int {
	widest := -1
	for i, c := range shown {
		if !c.isUncut() && widths[i] > headingWidth(c.Heading) && (widest < 0 || widths[i] > widths[widest]) {
			widest = i
		}
	}
	return widest
}

func (c Column) isUncut() bool { return c.IsNumber || c.IsWhole }

// most is the width at which nothing of the column is cut.
func (c Column) most() int {
	width := headingWidth(c.Heading)
	for _, cell := range c.Cells {
		width = max(width, text.StringWidth(cell))
	}
	return width
}

// least is the width that the column takes if texts longer than short are cut.
func (c Column) least(short int) int {
	if c.isUncut() {
		return c.most()
	}
	return max(headingWidth(c.Heading), min(c.most(), short))
}

// headingWidth is the least width at which a heading has few lines.
func headingWidth(heading string) int {
	width := 0
	for word := range strings.FieldsSeq(heading) {
		width = max(width, text.StringWidth(word))
	}
	for len(Broken(heading, width)) > headingLines {
		width++
	}
	return width
}

// Broken is a text in lines of at most a width, broken between words. A word that is longer than
// the width has a line of its own.
func Broken(given string, width int) []string {
	var lines []string
	for word := range strings.FieldsSeq(given) {
		last := len(lines) - 1
		if last >= 0 && text.StringWidth(lines[last])+1+text.StringWidth(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// Cut is a text of at most a width: what is cut off leaves an ellipsis.
func Cut(given string, width int) string {
	if text.StringWidth(given) <= width {
		return given
	}
	return strings.TrimRight(beginning(given, width-1), " ") + "…"
}

// cutInside is a text of at most a width that keeps its end.
func cutInside(given string, width int) string {
	if text.StringWidth(given) <= width {
		return given
	}
	runes := []rune(given)
	slices.Reverse(runes)
	end := []rune(beginning(string(runes), (width-1)/2))
	slices.Reverse(end)
	return beginning(given, width-1-text.StringWidth(string(end))) + "…" + string(end)
}

// beginning is as much of a text as a width holds.
func beginning(given string, width int) string {
	for i, r := range given {
		if width -= text.RuneWidth(r); width < 0 {
			return given[:i]
		}
	}
	return given
}

// cut are the cells in a width. Different texts that would look the same keep their ends.
func (c Column) cut(width int) []string {
	if c.isUncut() {
		return c.Cells
	}
	of := map[string]string{} // what was cut
	isShared := map[string]bool{}
	for _, cell := range c.Cells {
		short := Cut(cell, width)
		if other, isKnown := of[short]; isKnown && other != cell {
			isShared[short] = true
		}
		of[short] = cell
	}
	var cells []string
	for _, cell := range c.Cells {
		short := Cut(cell, width)
		if isShared[short] {
			short = cutInside(cell, width)
		}
		cells = append(cells, short)
	}
	return cells
}

// Lines draws the columns side by side: headings, a rule, and a line for each row. A text that is
// longer than its width is cut. No line ends in blanks.
func Lines(columns []Column, widths []int) []string {
	var headings, cells [][]string
	height := 0
	for i, c := range columns {
		cells = append(cells, c.cut(widths[i]))
		headings = append(headings, Broken(c.Heading, widths[i]))
		height = max(height, len(headings[i]))
	}
	var lines []string
	add := func(cell func(i int) string) {
		line := ""
		for i, c := range columns {
			align := text.AlignLeft
			if c.IsNumber {
				align = text.AlignRight
			}
			line += align.Apply(cell(i), widths[i]) + strings.Repeat(" ", Gap)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	for n := range height {
		add(func(i int) string {
			if above := height - len(headings[i]); n >= above { // headings stand on the rule
				return headings[i][n-above]
			}
			return ""
		})
	}
	add(func(i int) string { return strings.Repeat("─", widths[i]) })
	rows := 0
	if len(columns) > 0 {
		rows = len(columns[0].Cells)
	}
	for row := range rows {
		add(func(i int) string { return cells[i][row] })
	}
	return lines
}

// Named are the names of the columns that are not among the shown ones.
func Named(columns, shown []Column) []string {
	var names []string
	for _, c := range columns {
		if !slices.ContainsFunc(shown, func(s Column) bool { return s.Name == c.Name }) {
			names = append(names, c.Name)
		}
	}
	return names
}
