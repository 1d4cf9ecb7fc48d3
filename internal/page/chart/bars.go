package chart

import "html/template"

const (
	labelHeight = 17 // pixels of a line of text
	barHeight   = 9
	rowGap      = 9
	labelLength = 40 // characters that fit a phone beside a value
)

// A Row of bars has one value per series. A value that is missing is nil.
type Row struct {
	Label  string
	Values []*Value
}

// Bars draws rows of horizontal bars. With several series, each is named above in its pattern.
func Bars(h Head, series []string, rows []Row) template.HTML {
	d := &drawing{}
	s := scale{}
	for _, row := range rows {
		for _, v := range row.Values {
			if v == nil {
				continue
			}
			s.include(v.Amount)
			if v.Whisker != nil {
				s.include(v.Whisker.Low, v.Whisker.High)
			}
		}
	}
	y := d.legend(series, func(i int, x float64, y int) { d.bar(i, x, x+3, y-8, barHeight) })
	for _, row := range rows {
		d.text("l", "0", y+12, Shortened(row.Label, labelLength))
		if len(series) < 2 && len(row.Values) > 0 {
			d.text("v", "100%", y+12, textOf(row.Values[0]))
		}
		y += labelHeight
		for i, v := range row.Values {
			if len(series) > 1 {
				d.text("v small", "100%", y+9, textOf(v))
			}
			if v != nil {
				width := 1.0
				if len(series) > 1 {
					width = .76 // room for the values
				}
				d.bar(i, s.at(0)*width, s.at(v.Amount)*width, y, barHeight)
				if v.Whisker != nil {
					d.whisker(s.at(v.Whisker.Low)*width, s.at(v.Whisker.High)*width, y+barHeight/2)
				}
			}
			y += barHeight + 4
		}
		y += rowGap
	}
	return d.close(h, "bars", y)
}

func textOf(v *Value) string {
	if v == nil {
		return "–"
	}
	return v.Text
}

// legend names the series in one line each, if there are several, and returns where the chart begins.
func (d *drawing) legend(series []string, mark func(series int, x float64, y int)) int {
	if len(series) < 2 {
		return 0
	}
	y := 0
	for i, name := range series {
		y += labelHeight
		mark(i, 1, y-4)
		d.text("l", "6%", y, Shortened(name, labelLength+8))
	}
	return y + rowGap
}
