package chart

import "html/template"

// A DotRow is one line of a chart of dots: the many values of one thing, the one that is
// emphasised, and the range of all.
type DotRow struct {
	Label      string
	Dots       []float64
	Emphasised *Value // its text is written beside the label
}

// Dots draws one line per row: a tick for every value, a whisker from the least to the greatest,
// and a diamond for the value that is emphasised.
func Dots(h Head, dots, emphasised string, rows []DotRow) template.HTML {
	d := &drawing{}
	s := scale{}
	for _, row := range rows {
		s.include(row.Dots...)
		if row.Emphasised != nil {
			s.include(row.Emphasised.Amount)
		}
	}
	place := func(amount float64) float64 { return 1 + s.at(amount)*.98 }
	y := d.legend([]string{emphasised, dots}, func(i int, x float64, y int) {
		if i == 0 {
			d.mark(2, x+1, y)
			return
		}
		d.whisker(x, x+3, y)
		d.mark(0, x+1.5, y)
	})
	for _, row := range rows {
		d.text("l", "0", y+12, Shortened(row.Label, labelLength))
		d.text("v", "100%", y+12, textOf(row.Emphasised))
		y += labelHeight + 8
		if len(row.Dots) > 0 {
			least, greatest := row.Dots[0], row.Dots[0]
			for _, amount := range row.Dots {
				least, greatest = min(least, amount), max(greatest, amount)
			}
			d.whisker(place(least), place(greatest), y)
			for _, amount := range row.Dots {
				d.mark(0, place(amount), y)
			}
		}
		if row.Emphasised != nil {
			d.mark(2, place(row.Emphasised.Amount), y)
		}
		y += 14 + rowGap
	}
	return d.close(h, "dots", y)
}
