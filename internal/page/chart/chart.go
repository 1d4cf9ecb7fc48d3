// Package chart draws the charts of the page as SVG, without a script. Horizontal positions are
// percentages of the width and heights are pixels, so a chart fits a phone and a sheet of paper with
// text of the same size. For screen readers, a chart has a title and a description. Series differ in
// pattern or mark as well as in colour, and every value is printed beside its mark. The style sheet of
// the page has the colours.
package chart

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"
)

// A Head names a chart. Name is the prefix of its ids and unique on the page.
type Head struct {
	Name, Title, Description string
}

// An Interval is the range of a whisker.
type Interval struct {
	Low, High float64
}

// A Value is one number of a chart: where it is drawn, and the text beside it.
type Value struct {
	Amount  float64
	Text    string
	Whisker *Interval // NULL: there is no interval
}

// A drawing collects the marks of one chart.
type drawing struct {
	strings.Builder
}

// close puts the marks into one image of this height.
func (d *drawing) close(h Head, class string, height int) template.HTML {
	svg := &strings.Builder{}
	name := html.EscapeString(h.Name)
	fmt.Fprintf(svg, `<svg class="chart %s" role="img" aria-labelledby="%s-t" aria-describedby="%s-d" width="100%%" height="%d"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`,
		class, name, name, height, name, html.EscapeString(h.Title), name, html.EscapeString(h.Description))
	svg.WriteString(d.String())
	svg.WriteString("</svg>")
	return template.HTML(svg.String()) // every text in it is escaped where it is written
}

// text writes a word. The class tells its size, and that it ends (v) or is centred (c) at its place.
func (d *drawing) text(class, x string, y int, text string) {
	if x != "0" { // which is where text begins
		x = ` x="` + x + `"`
	} else {
		x = ""
	}
	fmt.Fprintf(d, `<text class="%s"%s y="%d">%s</text>`, class, x, y, html.EscapeString(text))
}

// bar draws a rectangle in the pattern of its series.
func (d *drawing) bar(series int, from, to float64, y, height int) {
	x := ""
	if left := min(from, to); left > 0 {
		x = ` x="` + percent(left) + `"`
	}
	fmt.Fprintf(d, `<rect class="s%d"%s y="%d" width="%s" height="%d"/>`, series+1, x, y, percent(math.Abs(to-from)), height)
}

// whisker draws an interval as a line with two ends.
func (d *drawing) whisker(from, to float64, y int) {
	fmt.Fprintf(d, `<line class="w" x1="%s" x2="%s" y1="%d" y2="%d"/>`, percent(from), percent(to), y, y)
	for _, end := range []float64{from, to} {
		fmt.Fprintf(d, `<line class="w" x1="%s" x2="%s" y1="%d" y2="%d"/>`, percent(end), percent(end), y-4, y+4)
	}
}

// mark draws the sign of a series: a circle, a square, a diamond or a triangle.
func (d *drawing) mark(series int, x float64, y int) {
	switch series % 4 {
	case 0:
		fmt.Fprintf(d, `<circle class="m1" cx="%s" cy="%d" r="4.5"/>`, percent(x), y)
	case 1:
		fmt.Fprintf(d, `<svg x="%s" y="%d" overflow="visible"><rect class="m2" x="-4" y="-4" width="8" height="8"/></svg>`, percent(x), y)
	case 2:
		fmt.Fprintf(d, `<svg x="%s" y="%d" overflow="visible"><path class="m3" d="M0-6 6 0 0 6-6 0z"/></svg>`, percent(x), y)
	default:
		fmt.Fprintf(d, `<svg x="%s" y="%d" overflow="visible"><path class="m4" d="M0-5 5 4-5 4z"/></svg>`, percent(x), y)
	}
}

// A scale turns amounts into percentages of the width.
type scale struct{ low, high float64 }

// include widens the scale to hold these amounts.
func (s *scale) include(amounts ...float64) {
	for _, amount := range amounts {
		s.low, s.high = min(s.low, amount), max(s.high, amount)
	}
}

// at is the place of an amount.
func (s scale) at(amount float64) float64 {
	if s.high <= s.low {
		return 0
	}
	return (amount - s.low) / (s.high - s.low) * 100
}

func percent(x float64) string {
	text := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.1f", x), "0"), ".")
	if text == "-0" || text == "" {
		text = "0"
	}
	return text + "%"
}

// Shortened is a label of at most so many characters.
func Shortened(label string, most int) string {
	runes := []rune(label)
	if len(runes) <= most {
		return label
	}
	return strings.TrimRight(string(runes[:most-1]), " ") + "…"
}
