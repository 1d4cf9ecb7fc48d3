package progress

import (
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"
)

// The bar is one line, without colour, drawn anew in its place. go-pretty has a progress package
// too, and it is not used: it reads the clock by itself, learns the width of standard output alone,
// shows log lines only while something is counted, and leaves its last picture on the terminal when
// work stops halfway.

const (
	eraseLine  = "\r\x1b[K"
	widestBar  = 30
	leastBar   = 6
	usualWidth = 80 // where the terminal does not say
)

// draw puts the bar in its place, or says nothing where no stage is under way.
func (d *Display) draw(now time.Time) {
	if d.current == nil {
		return
	}
	width := d.options.Width()
	if width <= 0 {
		width = usualWidth
	}
	d.isDrawn = true
	_, _ = io.WriteString(d.options.Out, eraseLine+d.current.at(now).bar(width-1)) // a full line would make some terminals go to the next
}

func (d *Display) erase() {
	if d.isDrawn {
		d.isDrawn = false
		_, _ = io.WriteString(d.options.Out, eraseLine)
	}
}

// bar is the state in one line of at most width columns. Where they are few the rate goes first,
// then the drawing, in whose place the share is told, then the amount, and at last the name of the
// stage: nothing is cut within a word.
func (s state) bar(width int) string {
	amount, rate := s.amounts()
	share, time := s.share(), s.time()
	for _, line := range []string{
		s.drawn(width, listed(amount, rate, time)),
		s.drawn(width, listed(amount, time)),
		s.stage + ": " + listed(withShare(amount, share), time),
		s.drawn(width, listed(share, time)),
		s.stage + ": " + listed(share, time),
		listed(share, time),
		share,
	} {
		if line != "" && text.StringWidth(line) <= width {
			return line
		}
	}
	return ""
}

// drawn is a line with a drawing; empty where there is no room for one.
func (s state) drawn(width int, facts string) string {
	room := min(widestBar, width-text.StringWidth(s.stage+" [] "+facts))
	if room < leastBar {
		return ""
	}
	return s.stage + " [" + s.drawing(room) + "] " + facts
}

// amounts are what is done and how fast, in a few columns.
func (s state) amounts() (amount, rate string) {
	if s.unit == "" {
		return "", ""
	}
	of, unit := short, " "+string(s.unit)
	if s.unit == Bytes {
		of, unit = size, ""
	}
	amount = of(float64(s.done)) + unit
	if s.isMeasured() {
		amount = of(float64(s.done)) + " of " + of(float64(s.total)) + unit
	}
	if r, known := s.rate(); known {
		rate = of(r) + "/s"
	}
	return amount, rate
}

// drawing fills a bar by the share that is done. Where that is not known a mark wanders, once to
// and fro in as many frames.
func (s state) drawing(room int) string {
	if s.isMeasured() {
		full := int(float64(room) * (float64(s.done) / float64(s.total)))
		if full < room {
			return strings.Repeat("=", full) + ">" + strings.Repeat(" ", room-full-1)
		}
		return strings.Repeat("=", room)
	}
	const mark = "<=>"
	way := room - len(mark)
	at := int(s.elapsed/frame) % (2 * way)
	at = min(at, 2*way-at)
	return strings.Repeat(" ", at) + mark + strings.Repeat(" ", way-at)
}
