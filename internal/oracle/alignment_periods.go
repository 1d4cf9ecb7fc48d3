package oracle

import (
	"fmt"
	"math"
	"time"
)

// calendarPeriod is one period of the reporting calendar, cut to the reporting period.
type calendarPeriod struct {
	kind  string // all, week, month, quarter, year, fiscal-quarter, fiscal-year
	start string // its first day in the calendar, whatever the reporting period cuts off; "" of all
	label string
	from  int64 // the first instant
	to    int64 // the first instant after it
}

func (p calendarPeriod) holds(at int64) bool { return at >= p.from && at < p.to }

// kindsOfPeriods are the types of period in which reports have rows.
var kindsOfPeriods = []string{"week", "month", "quarter", "year", "fiscal-quarter", "fiscal-year"}

// FirstOfPeriod is the first day of the period of the calendar that holds a day.
func (s Alignment) FirstOfPeriod(kind string, day time.Time) time.Time {
	year, month := day.Year(), day.Month()
	at := func(year int, month time.Month) time.Time { return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC) }
	fiscal := (int(month) - s.FiscalYearStartsIn + 12) % 12 // months since the fiscal year began
	switch kind {
	case "week":
		return day.AddDate(0, 0, -(int(day.Weekday())-int(weekdays[s.WeekStartsOn])+7)%7)
	case "month":
		return at(year, month)
	case "quarter":
		return at(year, month-(month-1)%3)
	case "year":
		return at(year, time.January)
	case "fiscal-quarter":
		return at(year, month-time.Month(fiscal%3))
	}
	return at(year, month-time.Month(fiscal))
}

// nextPeriod is the first day after the period that begins on a day.
func nextPeriod(kind string, first time.Time) time.Time {
	switch kind {
	case "week":
		return first.AddDate(0, 0, 7)
	case "month":
		return first.AddDate(0, 1, 0)
	case "quarter", "fiscal-quarter":
		return first.AddDate(0, 3, 0)
	}
	return first.AddDate(1, 0, 0)
}

// labelOf is the printed name of a period. A fiscal year is named by the year in which it ends.
func (s Alignment) labelOf(kind string, first time.Time) string {
	last := nextPeriod(kind, first).AddDate(0, 0, -1)
	fiscalYear := func() int {
		begins := s.FirstOfPeriod("fiscal-year", first)
		return nextPeriod("fiscal-year", begins).AddDate(0, 0, -1).Year()
	}
	switch kind {
	case "week":
		year, week := first.AddDate(0, 0, 3).ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	case "month":
		return first.Format("2006-01")
	case "quarter":
		return fmt.Sprintf("%d Q%d", first.Year(), (first.Month()+2)/3)
	case "year":
		return fmt.Sprint(first.Year())
	case "fiscal-quarter":
		fiscal := (int(first.Month()) - s.FiscalYearStartsIn + 12) % 12
		return fmt.Sprintf("FY%d Q%d", fiscalYear(), fiscal/3+1)
	}
	return fmt.Sprintf("FY%d", last.Year())
}

// calendarPeriods lists the periods from the first day of anything to that of as-of, and the one
// that is everything.
func (a *Aligned) calendarPeriods() []calendarPeriod {
	everything := calendarPeriod{kind: "all", label: "all", from: math.MinInt64, to: math.MaxInt64}
	if a.within.hasFrom {
		everything.from = a.within.from * microsPerDay
	}
	if a.within.hasTo {
		everything.to = (a.within.to + 1) * microsPerDay
	}
	all := []calendarPeriod{everything}
	first, last := a.firstDay(), dayOf(a.asOf)
	if a.within.hasFrom {
		first = max(first, a.within.from)
	}
	if a.within.hasTo {
		last = min(last, a.within.to)
	}
	for _, kind := range kindsOfPeriods {
		for day := first; day <= last; {
			begins := a.options.Alignment.FirstOfPeriod(kind, time.UnixMicro(day*microsPerDay).UTC())
			next := nextPeriod(kind, begins)
			p := calendarPeriod{kind: kind, start: begins.Format(time.DateOnly), label: a.options.Alignment.labelOf(kind, begins),
				from: max(begins.UnixMicro(), everything.from), to: min(next.UnixMicro(), everything.to)}
			all = append(all, p)
			day = dayOf(next.UnixMicro())
		}
	}
	return all
}

// firstDay is the day of the first thing that any report shows.
func (a *Aligned) firstDay() int64 {
	first := dayOf(a.asOf)
	see := func(at int64) { first = min(first, dayOf(at)) }
	for _, p := range a.persons {
		for _, e := range p.rows {
			see(e.at.at)
		}
	}
	for _, d := range a.dealHistories {
		see(d.created.at)
		for _, v := range d.visits {
			see(v.entered)
		}
		if d.left {
			see(d.leftAt)
		}
	}
	for _, t := range a.touches {
		see(t.at)
	}
	for _, c := range a.costs {
		first = min(first, c.Day)
	}
	return first
}

// in lists the periods that hold an instant.
func (a *Aligned) in(at int64) []calendarPeriod {
	var found []calendarPeriod
	for _, p := range a.periods {
		if p.holds(at) {
			found = append(found, p)
		}
	}
	return found
}
