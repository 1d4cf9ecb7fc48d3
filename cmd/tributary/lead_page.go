package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/words"
)

// printPage prints a page in the format that was asked for, with as many rows as there is room for.
func (v leadView) printPage(page leadPage, out io.Writer) error {
	lengths := make([]int, len(page.lists))
	for i, list := range page.lists {
		lengths[i] = len(list.rows)
	}
	shown := lengths
	if !v.all {
		headers := 1 + len(page.facts)
		for _, list := range page.lists {
			headers++
			if list.headed {
				headers++
			}
		}
		shown = shares(leadLines-headers, lengths)
	}
	var b strings.Builder
	if v.format == "markdown" {
		page.markdown(&b, shown)
	} else {
		page.text(&b, shown)
	}
	_, err := io.WriteString(out, b.String())
	return writing(err)
}

// shares divides lines among lists: each gets the next one in turn until it has all of its rows.
func shares(lines int, lengths []int) []int {
	shown := make([]int, len(lengths))
	for given := true; given; {
		given = false
		for i, length := range lengths {
			if lines > 0 && shown[i] < length {
				shown[i]++
				lines--
				given = true
			}
		}
	}
	return shown
}

// heading is the title of a list, with the number of its rows and how many of them are shown.
func (l leadList) heading(shown int) string {
	switch {
	case len(l.rows) == 0:
		return l.title + ": none"
	case shown < len(l.rows):
		return fmt.Sprintf("%s: %s of %s (--all)", l.title, words.Number(shown), words.Number(len(l.rows)))
	}
	return l.title + ": " + words.Number(len(l.rows))
}

func (page leadPage) text(b *strings.Builder, shown []int) {
	b.WriteString(cut(oneLine(page.title), leadWidth) + "\n")
	label := 0
	for _, fact := range page.facts {
		label = max(label, len(fact[0]))
	}
	for _, fact := range page.facts {
		b.WriteString(cut(fmt.Sprintf("%-*s  %s", label, fact[0], oneLine(fact[1])), leadWidth) + "\n")
	}
	for i, list := range page.lists {
		b.WriteString(list.heading(shown[i]) + "\n")
		rows := list.rows[:shown[i]]
		if list.headed && len(rows) > 0 {
			rows = slices.Concat([][]string{list.header}, rows)
		}
		for _, line := range inColumns(rows, leadWidth-2, list.loose) {
			b.WriteString("  " + line + "\n")
		}
	}
}

func (page leadPage) markdown(b *strings.Builder, shown []int) {
	b.WriteString("# " + markdownCell(page.title) + "\n\n")
	for _, fact := range page.facts {
		b.WriteString("- **" + fact[0] + "**: " + markdownCell(fact[1]) + "\n")
	}
	for i, list := range page.lists {
		b.WriteString("\n## " + list.heading(shown[i]) + "\n")
		if shown[i] == 0 {
			continue
		}
		b.WriteString("\n| " + strings.Join(list.header, " | ") + " |\n|" + strings.Repeat("---|", len(list.header)) + "\n")
		for _, row := range list.rows[:shown[i]] {
			cells := make([]string, len(row))
			for n, c := range row {
				cells[n] = markdownCell(c)
			}
			b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		}
	}
}

// markdownCell is a text of the data as Markdown shows it: it cannot end a cell, nor begin a tag or a link.
func markdownCell(given string) string {
	return strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", "&lt;", ">", "&gt;", "[", `\[`, "]", `\]`, "*", `\*`, "_", `\_`).Replace(oneLine(given))
}

// oneLine is a text of the data without line ends and control characters.
func oneLine(given string) string {
	return plain(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(given))
}

// narrowest is how narrow a loose column gets before the others do.
const narrowest = 8

// inColumns lays rows out side by side, two blanks apart. While a line is too long, the widest of
// the loose columns gets narrower and, if that is not enough, of all columns.
func inColumns(rows [][]string, width int, loose []int) []string {
	var widths []int
	for _, row := range rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], text.StringWidthWithoutEscSequences(oneLine(c)))
		}
	}
	for {
		total, widest, widestLoose := -2, 0, -1
		for i, w := range widths {
			if w > 0 {
				total += w + 2
			}
			if w > widths[widest] {
				widest = i
			}
			if w > narrowest && slices.Contains(loose, i) && (widestLoose < 0 || w > widths[widestLoose]) {
				widestLoose = i
			}
		}
		if total <= width {
			break
		}
		if widestLoose >= 0 {
			widest = widestLoose
		}
		widths[widest]--
	}
	lines := make([]string, len(rows))
	for n, row := range rows {
		var parts []string
		for i, c := range row {
			if widths[i] > 0 {
				shown := cut(oneLine(c), widths[i])
				parts = append(parts, shown+strings.Repeat(" ", widths[i]-text.StringWidthWithoutEscSequences(shown)))
			}
		}
		lines[n] = strings.TrimRight(strings.Join(parts, "  "), " ")
	}
	return lines
}

// cut shortens a text to a width, with an ellipsis where something is left out.
func cut(given string, width int) string {
	if text.StringWidthWithoutEscSequences(given) <= width {
		return given
	}
	var b strings.Builder
	used := 0
	for _, r := range given {
		if used += text.RuneWidth(r); used > width-1 {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ") + "…"
}

// leadWidth is how many columns a line of a dossier has at most.
const leadWidth = 100

// A leadPage is what is printed for a person: lines about the person, and lists of rows.
type leadPage struct {
	title string
	facts [][2]string // a label, and what is known
	lists []leadList
}

// A leadList is a list of rows. Its title counts them.
type leadList struct {
	title  string
	header []string // for Markdown: in text the cells speak for themselves
	loose  []int    // the columns that get narrower in text where a line is too long
	rows   [][]string

	headed bool // text has the header too
}
