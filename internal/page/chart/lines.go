package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// A Line is one series over the places of the horizontal axis; a value that is missing is nil.
type Line struct {
	Name   string
	Values []*Value
}

// Lines draws series over time. The first and the last value of each line are written beside the
// legend, and the least and greatest of the axis at its ends.
func Lines(h Head, places []string, lines []Line, axis func(float64) string) template.HTML {
	const height = 150
	d := &drawing{}
	s := scale{}
	for _, line := range lines {
		for _, v := range line.Values {
			if v == nil {
				continue
			}
			s.include(v.Amount)
			if v.Whisker != nil {
				s.include(v.Whisker.Low, v.Whisker.High)
			}
		}
	}
	top := labelHeight
	if len(lines) > 1 {
		names := make([]string, len(lines))
		for i, line := range lines {
			names[i] = line.Name
		}
		top = d.legend(names, func(i int, x float64, y int) { d.mark(i, x+1, y) }) + labelHeight
	}
	x := func(i int) float64 { return 3 + 94*(float64(i)+.5)/float64(len(places)) }
	y := func(amount float64) int { return top + height - int(s.at(amount)*height/100+.5) }
	d.text("small", "0", top-5, axis(s.high))
	fmt.Fprintf(d, `<line class="grid" x1="0" x2="100%%" y1="%d" y2="%d"/>`, top, top)
	fmt.Fprintf(d, `<line class="axis" x1="0" x2="100%%" y1="%d" y2="%d"/>`, y(0), y(0))
	for i, line := range lines {
		d.polyline(i, line.Values, x, func(amount float64) float64 { return float64(y(amount) - top) }, top, height)
		for at, v := range line.Values {
			if v == nil {
				continue
			}
			if v.Whisker != nil {
				fmt.Fprintf(d, `<line class="w" x1="%s" x2="%s" y1="%d" y2="%d"/>`, percent(x(at)), percent(x(at)), y(v.Whisker.Low), y(v.Whisker.High))
			}
			d.mark(i, x(at), y(v.Amount))
		}
	}
	every := (len(places) + 3) / 4 // at most four labels fit a phone
	for at, place := range places {
		if (len(places)-1-at)%every == 0 {
			d.text("small c", percent(x(at)), top+height+16, place)
		}
	}
	return d.close(h, "lines", top+height+22)
}

// polyline connects neighbouring values in a box that is stretched to the width of the chart; the
// strokes keep their width.
func (d *drawing) polyline(series int, values []*Value, x func(int) float64, y func(float64) float64, top, height int) {
	path := &strings.Builder{}
	pen := "M"
	for at, v := range values {
		if v == nil {
			pen = "M"
			continue
		}
		fmt.Fprintf(path, "%s%.2f %.0f", pen, x(at), y(v.Amount))
		pen = "L"
	}
	fmt.Fprintf(d, `<svg x="0" y="%d" width="100%%" height="%d" viewBox="0 0 100 %d" preserveAspectRatio="none"><path class="p%d" d="%s"/></svg>`, top, height, height, series+1, path)
}
