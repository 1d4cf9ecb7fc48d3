package browsertest

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"unicode/utf8"
)

// The size of a character and the frame of the terminal, in pixels, and its columns.
const (
	characterWidth  = 8.4
	lineHeight      = 17
	terminalPadding = 16
	terminalColumns = 100
)

// terminal draws commands and what they print as a terminal shows them, as an SVG of text: sharp at
// every size, and readable in a comparison of versions.
func terminal(t *testing.T, title string, lines []string) string {
	t.Helper()
	width, height := 2*terminalPadding+int(terminalColumns*characterWidth), 2*terminalPadding+lineHeight*len(lines)
	out := &strings.Builder{}
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">
<style>
text { font: 14px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: #d7dce2; white-space: pre }
.command { fill: #ffffff; font-weight: bold }
</style>
<rect width="100%%" height="100%%" rx="8" fill="#171b21"/>
`, width, height, width, height, html.EscapeString(title))
	for i, line := range lines {
		if line == "" {
			continue
		}
		class := ""
		if strings.HasPrefix(line, "$ ") || i > 0 && strings.HasSuffix(lines[i-1], ` \`) {
			class = ` class="command"`
		}
		if utf8.RuneCountInString(line) > terminalColumns {
			t.Errorf("a line is wider than the %d columns of the picture: %s", terminalColumns, line)
		}
		length := float64(utf8.RuneCountInString(line)) * characterWidth
		fmt.Fprintf(out, "<text%s x=\"%d\" y=\"%d\" textLength=\"%.1f\" xml:space=\"preserve\">%s</text>\n",
			class, terminalPadding, terminalPadding+lineHeight*i+14, length, html.EscapeString(line))
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// typed is a command as someone types it, on several lines if one does not hold it.
func typed(command string) []string {
	command = strings.TrimPrefix(command, "bin/")
	lines := []string{"$"}
	for _, word := range strings.Fields(command) {
		last := &lines[len(lines)-1]
		if utf8.RuneCountInString(*last)+len(" ")+utf8.RuneCountInString(word)+len(` \`) > terminalColumns {
			*last += ` \`
			lines = append(lines, "   ")
			last = &lines[len(lines)-1]
		}
		*last += " " + word
	}
	return lines
}
