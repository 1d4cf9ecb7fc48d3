package chart

import (
	"fmt"
	"html/template"
)

// Multiple draws one panel of small multiples: upright bars over a common scale, which the caller
// computes with Reach. The panels have the same order, so that their shapes can be compared.
func Multiple(h Head, low, high float64, amounts []float64) template.HTML {
	const top, height = labelHeight, 64
	d := &drawing{}
	s := scale{low: low, high: high}
	y := func(amount float64) float64 { return top + height - s.at(amount)*height/100 }
	d.text("small", "0", 12, Shortened(h.Title, 24))
	step := 100 / float64(max(1, len(amounts)))
	for i, amount := range amounts {
		upper, lower := min(y(amount), y(0)), max(y(amount), y(0))
		fmt.Fprintf(d, `<rect class="s1" x="%s" y="%.1f" width="%s" height="%.1f"/>`, percent(float64(i)*step+step*.12), upper, percent(step*.76), max(.5, lower-upper))
	}
	fmt.Fprintf(d, `<line class="axis" x1="0" x2="100%%" y1="%.1f" y2="%.1f"/>`, y(0), y(0))
	return d.close(h, "multiple", top+height+1)
}

// Reach is the common scale of several panels: it holds zero and every amount.
func Reach(panels [][]float64) (low, high float64) {
	s := scale{}
	for _, amounts := range panels {
		s.include(amounts...)
	}
	return s.low, s.high
}
