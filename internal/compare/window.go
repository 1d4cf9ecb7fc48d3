package compare

import (
	"math"
	"time"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A window is a stretch of time in which credit and cost are added up.
type window struct {
	role  string // now, before or year_ago
	whole span   // the period
	span  span   // the days of it that are compared
	isCut bool   // these are not all of them
}

// The roles of windows.
const (
	now     = "now"
	before  = "before"
	yearAgo = "year_ago"
)

// windowsOf lists what is compared: the reporting period of the run alone, or a period, the one
// before it and the same one a year ago. Of a period that has not ended, the others have the same
// number of days.
func windowsOf(text string, reporting config.Reporting, calendar alignment.Calendar, asOf time.Time) ([]window, error) {
	if text == "" {
		all := span{kind: "all", label: "all"}
		var err error
		if reporting.From != "" {
			if all.from, err = config.Date(reporting.From); err != nil {
				return nil, err
			}
		}
		if reporting.To != "" {
			last, err := config.Date(reporting.To)
			if err != nil {
				return nil, err
			}
			all.next = last.Add(aDay)
		}
		return []window{{role: now, whole: all, span: all}}, nil
	}
	whole, err := spanOf(text, calendar, asOf)
	if err != nil {
		return nil, err
	}
	if whole.from.After(asOf) {
		return nil, failure.Errorf(failure.Usage, "--period %s begins on %s, after the as-of of the run, %s\nhint: choose a period that has begun", text, whole.from.Format(time.DateOnly), asOf.Format(time.DateOnly))
	}
	elapsed := int(asOf.Sub(whole.from)/aDay) + 1
	cut := func(role string, s span) window {
		w := window{role: role, whole: s, span: s}
		if elapsed < whole.days() {
			w.span = s.cut(elapsed)
			w.isCut = w.span != s
		}
		return w
	}
	windows := []window{cut(now, whole), cut(before, whole.before(calendar))}
	if earlier, isOther := whole.yearAgo(calendar); isOther {
		windows = append(windows, cut(yearAgo, earlier))
	}
	return windows, nil
}

// bounds are those of the instants of a window, in microseconds.
func (w window) bounds(calendar alignment.Calendar) (fromUS, toUS int64) {
	fromUS, toUS = math.MinInt64, math.MaxInt64
	if !w.span.from.IsZero() {
		fromUS = calendar.StartOf(w.span.from)
	}
	if !w.span.next.IsZero() {
		toUS = calendar.StartOf(w.span.next)
	}
	return fromUS, toUS
}
