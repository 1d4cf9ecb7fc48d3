package synthetic

import "time"

// An instant is in milliseconds since 1970, UTC.
type instant int64

const (
	second instant = 1000
	minute         = 60 * second
	hour           = 60 * minute
	day            = 24 * hour
)

// The company is seen through a window of three years: nothing that happened lies outside of it.
// Plans, budgets and expected closes may.
const (
	windowDays = 1096
	firstDay   = 19539 // 2023-07-01, in days since 1970
	lastDay    = firstDay + windowDays - 1
	windowFrom = firstDay * day
	earliest   = windowFrom + 5*hour         // of what happens: by then it is the first day in New York, too
	windowTo   = windowFrom + windowDays*day // 2026-07-01T00:00:00Z, not included
)

// AsOf is the last day of the window.
const AsOf = "2026-06-30"

const (
	calendarFrom = firstDay - 800 // days that are ever written
	calendarDays = windowDays + 2400
)

// A calendar knows the days by number: how they are written, and how much goes on.
type calendar struct {
	written [calendarDays]string
	weekday [calendarDays]time.Weekday
	month   [calendarDays]time.Month
	busy    [calendarDays]int64   // thousandths of the busiest day
	opens   [calendarDays]instant // when sales opens; 0: not on that day
}

// Activity by weekday and by month, in thousandths: little on weekends, less in summer and at the
// turn of the year.
var (
	byWeekday = [7]int64{weekendActivity, 1000, 1000, 1000, 950, 850, weekendActivity}
	byMonth   = [13]int64{0, 850, 900, 1000, 950, 950, 900, 700, augustActivity, 950, 1000, 950, 600}
)

func newCalendar() *calendar {
	c := &calendar{}
	for i := range c.written {
		t := time.Unix(int64(calendarFrom+i)*86400, 0).UTC()
		c.written[i], c.weekday[i], c.month[i] = t.Format(time.DateOnly), t.Weekday(), t.Month()
		c.busy[i] = byWeekday[t.Weekday()] * byMonth[t.Month()] / 1000
		c.opens[i] = opening(t, c.written[i])
	}
	return c
}

func (t instant) day() int64 { return int64(t / day) }

func (c *calendar) date(d int64) string { return c.written[d-calendarFrom] }

func (c *calendar) isWeekend(d int64) bool {
	w := c.weekday[d-calendarFrom]
	return w == time.Saturday || w == time.Sunday
}

// isBusy accepts a day in proportion to what goes on then.
func (c *calendar) isBusy(d *draws, on int64) bool { return d.below(1000) < c.busy[on-calendarFrom] }

// atWork moves a time to the next working day, within office hours of both sides of the Atlantic.
func (c *calendar) atWork(d *draws, t instant) instant {
	on := t.day()
	for c.isWeekend(on) {
		on++
	}
	return instant(on)*day + instant(d.between(int64(13*hour/second), int64(21*hour/second)))*second
}

// quarterEnd is the last day of the quarter of a day.
func (c *calendar) quarterEnd(on int64) int64 {
	quarter := (c.month[on-calendarFrom] - 1) / 3
	for on+1-calendarFrom < calendarDays && (c.month[on+1-calendarFrom]-1)/3 == quarter {
		on++
	}
	return on
}

// monthOf counts months from the first one of the window.
func monthOf(on int64) int {
	y, m, _ := time.Unix(on*86400, 0).UTC().Date()
	return (y-2023)*12 + int(m) - 7
}

// firstOf is the first day of a month, counted as monthOf counts.
func firstOf(month int) int64 {
	return time.Date(2023, time.Month(7+month), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

const (
	months   = 36
	quarters = 12
)
