package progress

import (
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tributary-engine/tributary/internal/words"
)

// A Unit is what a stage counts, in the plural.
type Unit string

const (
	Bytes       Unit = "bytes"
	Rows        Unit = "rows"
	Accounts    Unit = "accounts"
	Touchpoints Unit = "touchpoints"
	Conversions Unit = "conversions"
	Reports     Unit = "reports"
	Tables      Unit = "tables"
	Documents   Unit = "documents"
)

// isEven reports whether one unit takes about as long as another, so that their rate foretells the
// rest. Reports, tables and documents differ by orders of magnitude.
func (u Unit) isEven() bool { return u != "" && u != Reports && u != Tables && u != Documents }

// amount is n units as a person reads them.
func (u Unit) amount(n int64) string {
	if u == Bytes {
		return size(float64(n))
	}
	if n == 1 {
		return "1 " + u.singular()
	}
	return words.Number(n) + " " + string(u)
}

func (u Unit) singular() string { return strings.TrimSuffix(string(u), "s") }

// Size prints bytes in decimal units.
func Size(bytes int64) string { return size(float64(bytes)) }

func size(bytes float64) string {
	if bytes < 1000 {
		return fmt.Sprintf("%.0f B", bytes)
	}
	for _, unit := range []string{"kB", "MB", "GB"} {
		if bytes /= 1000; bytes < 1000 {
			return fmt.Sprintf("%.1f %s", bytes, unit)
		}
	}
	return fmt.Sprintf("%.1f TB", bytes/1000)
}

// short prints a number in a few columns: 12.3 M.
func short(n float64) string {
	if n < 10_000 {
		return fmt.Sprintf("%.0f", n)
	}
	for _, thousands := range []string{"k", "M"} {
		if n /= 1000; n < 1000 {
			return fmt.Sprintf("%.1f %s", n, thousands)
		}
	}
	return fmt.Sprintf("%.1f G", n/1000)
}

// A Counter counts what a stage has done. A nil *Counter counts nothing.
type Counter struct {
	name     string
	unit     Unit
	total    int64
	began    time.Time
	cpuBegan time.Duration // processor time of the process when the stage began
	done     atomic.Int64
}

// Add counts n further units. It is cheap, and may be called by several goroutines; count by the
// batch all the same.
func (c *Counter) Add(n int64) {
	if c != nil {
		c.done.Add(n)
	}
}

func (c *Counter) at(now time.Time) state {
	return state{stage: c.name, unit: c.unit, done: c.done.Load(), total: c.total, elapsed: max(0, now.Sub(c.began))}
}

// A state is how far a stage has come.
type state struct {
	stage       string
	unit        Unit // empty: nothing is counted
	done, total int64
	elapsed     time.Duration
	ended       bool
}

// isMeasured reports whether done is a part of total. A file that grows while it is read has more than
// its total.
func (s state) isMeasured() bool {
	return s.unit != "" && s.total > 0 && s.done >= 0 && s.done <= s.total
}

// rate is units per second so far.
func (s state) rate() (float64, bool) {
	if !s.unit.isEven() || s.done <= 0 || s.elapsed <= 0 {
		return 0, false
	}
	return float64(s.done) / s.elapsed.Seconds(), true
}

// left is how long the rest takes at the rate so far, in whole seconds, rounded up.
func (s state) left() (time.Duration, bool) {
	rate, known := s.rate()
	if !known || !s.isMeasured() || s.ended {
		return 0, false
	}
	seconds := math.Ceil(float64(s.total-s.done) / rate)
	if seconds > math.MaxInt64/float64(time.Second) {
		return 0, false
	}
	return time.Duration(seconds) * time.Second, true
}

// line is the state in words.
func (s state) line() string {
	took := s.took()
	switch {
	case s.unit == "" && s.ended:
		return s.stage + ": " + took
	case s.unit == "":
		return s.stage + ": " + s.time()
	}
	rate := ""
	if r, known := s.rate(); known && s.unit == Bytes {
		rate = size(r) + "/s"
	} else if known {
		rate = fmt.Sprintf("%s %s/s", words.Number(int64(math.RoundToEven(r))), s.unit)
	}
	if s.ended {
		return s.stage + ": " + listed(s.unit.amount(s.done)+" in "+took, rate)
	}
	amount := s.unit.amount(s.done)
	switch {
	case s.isMeasured() && s.unit == Bytes:
		amount += " of " + s.unit.amount(s.total)
	case s.isMeasured():
		amount = words.Number(s.done) + " of " + s.unit.amount(s.total)
	}
	return s.stage + ": " + listed(withShare(amount, s.share()), rate, s.time())
}

func (s state) took() string { return s.elapsed.Round(time.Second).String() }

// time is how long the rest takes or, where that is not known, how long the stage has taken.
func (s state) time() string {
	if left, known := s.left(); known {
		return left.String() + " left"
	}
	return s.took() + " so far"
}

// share is what part is done; empty where that is not known, or says nothing of the rest.
func (s state) share() string {
	if !s.isMeasured() || !s.unit.isEven() || s.ended {
		return ""
	}
	return fmt.Sprintf("%d %%", int64(float64(s.done)/float64(s.total)*100))
}

func withShare(amount, share string) string {
	if share == "" {
		return amount
	}
	return amount + " (" + share + ")"
}

// listed lists what is not empty.
func listed(facts ...string) string {
	return strings.Join(slices.DeleteFunc(facts, func(fact string) bool { return fact == "" }), ", ")
}

// fields are the state for machines; what is not known is null.
func (s state) fields() []any {
	var done, total, unit, rate, left any
	if s.unit != "" {
		done, unit = s.done, string(s.unit)
	}
	if s.unit != "" && s.total >= 0 {
		total = s.total
	}
	if r, known := s.rate(); known {
		rate = math.Round(r*10) / 10
	}
	if l, known := s.left(); known {
		left = int64(l / time.Second)
	}
	return []any{
		slog.String("stage", s.stage), slog.Any("done", done), slog.Any("total", total), slog.Any("unit", unit), slog.Any("rate", rate),
		slog.Int64("seconds", int64(s.elapsed.Round(time.Second)/time.Second)), slog.Any("seconds_left", left), slog.Bool("ended", s.ended),
	}
}
