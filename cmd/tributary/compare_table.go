package main

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/compare"
)

// openTable is a table without borders, which is narrower.
func openTable() table.Writer {
	t := newTable("")
	style := *t.Style()
	style.Options.DrawBorder, style.Options.SeparateColumns = false, false
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Size.WidthMin = 0
	t.SetStyle(style)
	return t
}

// rendered is a table without blanks at the ends of lines.
func rendered(t table.Writer) string {
	lines := strings.Split(t.Render(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// fits tells whether no line is wider.
func fits(lines string, width int) bool { return text.LongestLineLen(lines) <= width }

// modelsTable is every row with the figures of the models: of all of them if they fit, else of the
// primary one, the lowest and the highest.
func (p comparisonPage) modelsTable() string {
	forms := []string{p.allModels()}
	if !p.wide {
		forms = append(forms, p.extremes(true, 0), p.extremes(false, 0))
	}
	lines := forms[len(forms)-1]
	for _, form := range forms {
		if fits(form, p.width) {
			lines = form
			break
		}
	}
	if over := text.LongestLineLen(lines) - p.width; over > 0 && !p.wide {
		lines = p.extremes(false, max(p.longestName()-over, shortestName))
	}
	return lines + leftOut(p.limit, len(p.Rows)) + "\n"
}

// shortestName is how few characters a line of a name has.
const shortestName = 14

// foldedNames breaks the names of the first column into lines of a width; 0: not broken.
func foldedNames(width int) []table.ColumnConfig {
	if width == 0 {
		return nil
	}
	return []table.ColumnConfig{{Number: 1, WidthMax: width, WidthMaxEnforcer: folded}}
}

// folded breaks a text into lines of at most a width, without blanks at their ends.
func folded(whole string, width int) string {
	lines := strings.Split(text.WrapSoft(whole, width), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func (p comparisonPage) longestName() int {
	longest := 0
	for _, row := range first(p.limit, p.Rows) {
		longest = max(longest, text.StringWidth(p.names[row.Value]))
	}
	return longest
}

// allModels has a column for each model.
func (p comparisonPage) allModels() string {
	t := openTable()
	header := table.Row{p.One}
	for _, m := range p.Models {
		header = append(header, p.headed(m.Label))
	}
	t.AppendHeader(append(header, "spread", "place"))
	line := func(row compare.Row) table.Row {
		cells := table.Row{p.names[row.Value]}
		for _, f := range row.Figures {
			cells = append(cells, p.withN(f.Figure, f.N, f.SmallSample))
		}
		return append(cells, p.figure(row.Spread), places(row))
	}
	p.fill(t, line, rightFrom(2, len(p.Models)+2))
	return rendered(t)
}

// extremes has the primary model, the lowest and the highest figure with their models, in columns
// of their own or below the figures, and the spread. Names are broken into lines of a width; 0: not
// broken.
func (p comparisonPage) extremes(inColumns bool, nameWidth int) string {
	t := openTable()
	header := table.Row{p.One, p.headed(p.Models[0].Label), "lowest"}
	configs := rightFrom(2, 5)
	if inColumns {
		header = append(header, "under", "highest", "under")
		configs = []table.ColumnConfig{{Number: 2, Align: text.AlignRight}, {Number: 3, Align: text.AlignRight}, {Number: 5, Align: text.AlignRight}, {Number: 7, Align: text.AlignRight}}
	} else {
		header = append(header, "highest")
	}
	configs = append(configs, foldedNames(nameWidth)...)
	t.AppendHeader(append(header, "spread", "place"))
	line := func(row compare.Row) table.Row {
		f := row.Figures[0]
		cells := table.Row{p.names[row.Value], p.withN(f.Figure, f.N, f.SmallSample)}
		for _, extreme := range []struct {
			figure compare.Number
			model  string
		}{{row.Lowest, row.LowestModel}, {row.Highest, row.HighestModel}} {
			label := p.labels[extreme.model]
			if !row.Spread.IsKnown() || row.Spread.Sign() == 0 {
				label = ""
			}
			if inColumns {
				cells = append(cells, p.figure(extreme.figure), label)
			} else {
				cells = append(cells, strings.TrimRight(p.figure(extreme.figure)+"\n"+folded(label, narrowCell), "\n"))
			}
		}
		return append(cells, p.figure(row.Spread), places(row))
	}
	p.fill(t, line, configs)
	return rendered(t)
}

// narrowCell is the width of a figure with its model below it.
const narrowCell = 13

// fill appends the rows and, below a line, the total.
func (p comparisonPage) fill(t table.Writer, line func(compare.Row) table.Row, configs []table.ColumnConfig) {
	for _, row := range first(p.limit, p.Rows) {
		t.AppendRow(line(row))
	}
	t.AppendFooter(line(p.Total))
	for i := range configs {
		configs[i].AlignFooter, configs[i].AlignHeader = configs[i].Align, configs[i].Align
	}
	t.SetColumnConfigs(configs)
}

// changesTable is the primary model against an earlier period; empty if the period has no data.
func (p comparisonPage) changesTable(what string, period compare.Period, changes func(compare.Row) []compare.Change) string {
	if period.Status == "before_data" {
		return ""
	}
	lines := p.changesLines(period, changes, 0)
	if over := text.LongestLineLen(lines) - p.width; over > 0 && !p.wide {
		lines = p.changesLines(period, changes, max(p.longestName()-over, shortestName))
	}
	return folded(p.Models[0].Label+" against "+what+": "+periodWords(period), p.width) + "\n" + lines + leftOut(p.limit, len(p.Rows)) + "\n"
}

func (p comparisonPage) changesLines(period compare.Period, changes func(compare.Row) []compare.Change, nameWidth int) string {
	t := openTable()
	t.AppendHeader(table.Row{p.One, p.headed(p.Period.Label), p.headed(period.Label), "change", "%", ""})
	line := func(row compare.Row) table.Row {
		f, c := row.Figures[0], changes(row)[0]
		return table.Row{p.names[row.Value], p.withN(f.Figure, f.N, f.SmallSample), p.withN(c.Figure, c.N, c.SmallSample), p.change(c.Change), percentOf(c.Relative), c.Verdict}
	}
	configs := rightFrom(2, 5)
	configs = append(configs, foldedNames(nameWidth)...)
	p.fill(t, line, configs)
	return rendered(t)
}

// change is a difference with its sign.
func (p comparisonPage) change(n compare.Number) string {
	if n.IsKnown() && n.Sign() > 0 {
		return "+" + p.figure(n)
	}
	return p.figure(n)
}

// percentOf is a part as a percentage with its sign.
func percentOf(n compare.Number) string {
	if !n.IsKnown() {
		return "-"
	}
	percent := n.Percent()
	if n.Sign() > 0 {
		percent = "+" + percent
	}
	return percent
}
