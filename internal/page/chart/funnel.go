package chart

import "html/template"

// A Step of a funnel: how many reached it, and a text about the way to the next one.
type Step struct {
	Label  string
	Value  Value
	Onward string // "42.4 % within 90 days, median 7 days"; empty on the last one
}

// Funnel draws the steps from the widest to the narrowest, centred, with the conversion between.
func Funnel(h Head, steps []Step) template.HTML {
	d := &drawing{}
	s := scale{}
	for _, step := range steps {
		s.include(step.Value.Amount)
	}
	y := 0
	for i, step := range steps {
		d.text("l", "0", y+12, Shortened(step.Label, labelLength))
		d.text("v", "100%", y+12, step.Value.Text)
		y += labelHeight + 1
		half := s.at(step.Value.Amount) / 2
		d.bar(0, 50-half, 50+half, y, 16)
		y += 16
		if step.Onward != "" {
			d.text("small c", "50%", y+16, "↓ "+step.Onward)
			y += 8
		}
		if i < len(steps)-1 {
			y += 16
		}
	}
	return d.close(h, "funnel", y+6)
}
