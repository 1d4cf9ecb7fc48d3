package page

import "strings"

// within is the document in one file of at most so many bytes, as far as leaving parts out can do
// that: in each step the figure with the most variants loses half of them, then the longest table half
// of its rows, then the cards and the computed sentences. A note beside a figure says what it leaves out.
func (d document) within(limit int) ([]byte, error) {
	for {
		text, err := d.html()
		if err != nil || len(text) <= limit || !d.halve() {
			return text, err
		}
	}
}

// halve leaves out one part; false if there is none that can be.
func (d *document) halve() bool {
	var widest *figure
	var longest *table
	for i := range d.Sections {
		for j := range d.Sections[i].Figures {
			f := &d.Sections[i].Figures[j]
			if len(f.Variants) > 1 && (widest == nil || len(f.Variants) > len(widest.Variants)) {
				widest = f
			}
			for _, v := range f.Variants {
				if v.Table != nil && len(v.Table.Rows) > 1 && (longest == nil || len(v.Table.Rows) > len(longest.Rows)) {
					longest = v.Table
				}
			}
		}
	}
	switch {
	case widest != nil:
		widest.Variants = widest.Variants[:len(widest.Variants)/2]
		widest.Note = withSentence(widest.Note, "Some choices are left out: the page would be too large.")
	case longest != nil:
		longest.Rows = longest.Rows[:len(longest.Rows)/2]
		longest.Left = withSentence(longest.Left, "Further rows are left out: the page would be too large. The command prints all of them.")
	default:
		return d.halveOverview()
	}
	return true
}

// withSentence adds a sentence to a note that does not have it yet.
func withSentence(note, sentence string) string {
	if strings.Contains(note, sentence) {
		return note
	}
	return strings.TrimSpace(note + " " + sentence)
}

// halveOverview leaves out variants of the first screen, then its sentences.
func (d *document) halveOverview() bool {
	for i := range d.Cards {
		if c := &d.Cards[i]; len(c.Variants) > 1 {
			c.Variants = c.Variants[:len(c.Variants)/2]
			return true
		}
	}
	if len(d.Insights) == 0 {
		return false
	}
	d.Insights = d.Insights[:len(d.Insights)/2]
	return true
}
