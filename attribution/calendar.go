package attribution

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
)

// A calendar finds the month and the day of an instant in the reporting zone. It has a table of the
// months up to 2100, each with the stretch of time that is certainly in it. For all other instants it
// uses the time zone itself, which is slower.
type calendar struct {
	zone   *time.Location
	months []calendarMonth // from January 1990
}

type calendarMonth struct {
	day          int32 // its first day, in days since 1970
	fromUS, toUS int64 // toUS is not included
	eastUS       int64 // how far the zone is from UTC in this stretch, if it isEven
	isEven       bool  // the zone keeps its distance from UTC
}

const (
	calendarFrom, calendarTo = 1990, 2100
	// monthUS is the mean length of a month: the place of an instant in the table is found by it,
	// and is at most one off.
	monthUS = int64(365.2425 * 86_400_000_000 / 12)
)

func newCalendar(zone *time.Location) *calendar {
	c := &calendar{zone: zone}
	for year := calendarFrom; year < calendarTo; year++ {
		for month := time.January; month <= time.December; month++ {
			first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
			m := calendarMonth{day: int32(arrow.Date32FromTime(first)), fromUS: c.edge(first, 1), toUS: c.edge(first.AddDate(0, 1, 0), -1)}
			m.eastUS, m.isEven = c.distance(m.fromUS, m.toUS)
			c.months = append(c.months, m)
		}
	}
	return c
}

// edge returns the instant at which a day begins, if the offset of the zone does not change from a
// day before to a day after it. Otherwise it returns an instant two days away, in the direction of
// the sign.
func (c *calendar) edge(day time.Time, sign int) int64 {
	begins := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, c.zone)
	_, before := begins.Add(-24 * time.Hour).Zone()
	_, at := begins.Zone()
	_, after := begins.Add(24 * time.Hour).Zone()
	if before != at || at != after {
		return begins.AddDate(0, 0, 2*sign).UnixMicro()
	}
	return begins.UnixMicro()
}

// distance returns the offset of the zone from UTC in a stretch of time, and whether it is
// constant. It looks at the offset of every day, because no zone changes its clocks twice in one
// day.
func (c *calendar) distance(fromUS, toUS int64) (eastUS int64, isEven bool) {
	_, first := time.UnixMicro(fromUS).In(c.zone).Zone()
	for us := fromUS; us < toUS+dayUS; us += dayUS {
		if _, east := time.UnixMicro(min(us, toUS-1)).In(c.zone).Zone(); east != first {
			return 0, false
		}
	}
	return int64(first) * 1_000_000, true
}

const dayUS = int64(86_400_000_000)

// month returns the month of the table whose stretch contains the instant, or nil.
func (c *calendar) month(us int64) *calendarMonth {
	guess := int((us - c.months[0].fromUS) / monthUS)
	for _, i := range [...]int{guess, guess - 1, guess + 1} {
		if i >= 0 && i < len(c.months) && us >= c.months[i].fromUS && us < c.months[i].toUS {
			return &c.months[i]
		}
	}
	return nil
}

// monthOf is the first day of the instant's month, in days since 1970.
func (c *calendar) monthOf(us int64) int32 {
	if m := c.month(us); m != nil {
		return m.day
	}
	year, month, _ := time.UnixMicro(us).In(c.zone).Date()
	return int32(arrow.Date32FromTime(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)))
}

// weekOfDay is the first day of the week in which a day lies, in days since 1970, which began on a
// Thursday.
func weekOfDay(day int32, weekFrom time.Weekday) int32 {
	sinceWeekFrom := (day + int32(time.Thursday) - int32(weekFrom)) % 7
	return day - (sinceWeekFrom+7)%7
}

// dayOf is the instant's day, in days since 1970.
func (c *calendar) dayOf(us int64) int32 {
	if m := c.month(us); m != nil && m.isEven {
		return int32((us + m.eastUS) / dayUS) // the table begins after 1970
	}
	year, month, day := time.UnixMicro(us).In(c.zone).Date()
	return int32(arrow.Date32FromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)))
}
