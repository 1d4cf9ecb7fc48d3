// Package progress shows the progress of long work: a bar on a terminal, otherwise plain lines or JSON
// records. Work is a sequence of stages. A stage calls a *Display when it begins and when it counts. A
// nil *Display shows nothing, so stages need not test for it.
package progress

import (
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Unknown is the total of what cannot be known beforehand.
const Unknown = -1

const (
	minPrintedTime = time.Second            // a stage that took less leaves no line
	silence        = 10 * time.Second       // while work goes on, one line at least as often; not beside a bar
	frame          = 200 * time.Millisecond // a bar is drawn anew as often
	pulse          = time.Second            // without a bar, it is asked as often whether a line is due
)

// Options say where progress is shown.
type Options struct {
	Now   func() time.Time     // the clock
	CPU   func() time.Duration // processor time of the process so far (ProcessCPU); nil: Times tells no processor time
	Out   io.Writer            // lines and the bar; nil: nothing is shown, and Times alone is kept
	Width func() int           // columns of the terminal that Out is; nil: it is none, and there is no bar
	JSON  *slog.Logger         // takes records instead of lines; there is no bar either
}

// A Display shows the stage that is under way. It must be closed.
type Display struct {
	options Options

	lock    sync.Mutex
	current *Counter    // nil: no stage is under way
	times   []StageTime // of the stages that have ended
	printed time.Time   // the last line; at first, the beginning of the work
	isDrawn bool        // the bar stands on the last line of the terminal
	stop    chan struct{}
	stopped chan struct{}
}

// New returns a display, on which nothing is to be seen before its first stage.
func New(o Options) *Display {
	if o.JSON != nil {
		o.Width = nil
	}
	return &Display{options: o}
}

// Stage begins a stage that counts nothing, and ends the one before.
func (d *Display) Stage(name string) { d.Count(name, "", Unknown) }

// Count begins a stage that counts units of a total, and ends the one before.
func (d *Display) Count(name string, unit Unit, total int64) *Counter {
	if d == nil {
		return nil
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	now, wasDrawn := d.options.Now(), d.isDrawn
	d.end(now)
	if d.stop == nil && d.isShown() {
		d.printed, d.stop, d.stopped = now, make(chan struct{}), make(chan struct{})
		go d.watch(d.stop, d.stopped)
	}
	d.current = &Counter{name: printable(name), unit: unit, total: total, began: now, cpuBegan: d.cpu()}
	if wasDrawn {
		d.draw(now)
	}
	return d.current
}

// End ends the stage under way: what follows is no work that takes long.
func (d *Display) End() {
	if d == nil {
		return
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	d.end(d.options.Now())
	d.erase()
}

// isShown reports whether anyone sees lines, records or a bar.
func (d *Display) isShown() bool { return d.options.Out != nil || d.options.JSON != nil }

// Close takes the bar away and stops watching. It says nothing of the stage under way, which may
// have failed; its time is kept.
func (d *Display) Close() {
	if d == nil {
		return
	}
	d.lock.Lock()
	if d.current != nil {
		d.times = added(d.times, d.current.taken(d.options.Now(), d.cpu()))
	}
	d.current = nil
	d.erase()
	stop, stopped := d.stop, d.stopped
	d.stop = nil
	d.lock.Unlock()
	if stop != nil {
		close(stop)
		<-stopped
	}
}

// Write writes whole lines of others above the bar.
func (d *Display) Write(lines []byte) (int, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	wasDrawn := d.isDrawn
	d.erase()
	n, err := d.options.Out.Write(lines)
	if wasDrawn {
		d.draw(d.options.Now())
	}
	return n, err
}

// watch draws the bar, or says lines, until it is stopped.
func (d *Display) watch(stop <-chan struct{}, stopped chan<- struct{}) {
	defer close(stopped)
	every := pulse
	if d.options.Width != nil {
		every = frame
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
			d.look()
		}
	}
}

func (d *Display) look() {
	d.lock.Lock()
	defer d.lock.Unlock()
	now := d.options.Now()
	switch {
	case d.current == nil:
	case d.options.Width != nil:
		d.draw(now)
	case now.Sub(d.printed) >= silence:
		d.say(d.current.at(now), now)
	}
}

// end ends the stage under way, with a line if it took long.
func (d *Display) end(now time.Time) {
	if d.current == nil {
		return
	}
	s := d.current.at(now)
	s.ended = true
	d.times = added(d.times, d.current.taken(now, d.cpu()))
	d.current = nil
	if s.elapsed >= minPrintedTime && d.isShown() {
		d.say(s, now)
	}
}

// say writes a line, or a record.
func (d *Display) say(s state, now time.Time) {
	d.printed = now
	if d.options.JSON != nil {
		d.options.JSON.Info(s.line(), s.fields()...)
		return
	}
	d.erase()
	_, _ = io.WriteString(d.options.Out, s.line()+"\n") // that progress cannot be shown is no reason to fail
}

// printable keeps a name from being more than text: file names may hold anything.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, name)
}
