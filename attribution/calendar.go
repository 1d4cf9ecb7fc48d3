package attribution

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
)

// A calendar finds the month of an instant in the reporting zone. It has a table of the months up to 2100 and, of each, the stretch of
// time that lies in it whatever the zone does at its ends; the zone itself is asked for other instants.
type calendar struct {
	zone   *time.Location
	months []calendarMonth // from January 1990
}

type calendarMonth struct {
	day          int32 // its first day, in days since 1970
	fromUS, toUS int64 // toUS is not included
}

const (
	calendarFrom, calendarTo = 1990, 2100
	// monthUS is the mean length of a month: the place of an instant in the table is found by it, and is at most one off.
	monthUS = int64(365.2425 * 86_400_000_000 / 12)
)

func newCalendar(zone *time.Location) *calendar {
	c := &calendar{zone: zone}
	for year := calendarFrom; year < calendarTo; year++ {
		for month := time.January; month <= time.December; month++ {
			first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
			c.months = append(c.months, calendarMonth{
				day: int32(arrow.Date32FromTime(first)), fromUS: c.edge(first, 1), toUS: c.edge(first.AddDate(0, 1, 0), -1),
			})
		}
	}
	return c
}

// edge is the instant at which a day begins, if the zone keeps its distance from UTC from a day before to a day after it; else one two days
// inside the month, in the direction of the sign.
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

// monthOf is the first day of the instant's month, in days since 1970.
func (c *calendar) monthOf(us int64) int32 {
	guess := int((us - c.months[0].fromUS) / monthUS)
	for _, i := range [...]int{guess, guess - 1, guess + 1} {
		if i >= 0 && i < len(c.months) && us >= c.months[i].fromUS && us < c.months[i].toUS {
			return c.months[i].day
		}
	}
	year, month, _ := time.UnixMicro(us).In(c.zone).Date()
	return int32(arrow.Date32FromTime(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)))
}
