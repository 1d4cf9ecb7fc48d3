package attribution

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
)

// A calendar finds the month of an instant in the reporting zone. It remembers the month that it found last: journeys are
// in the order of time.
type calendar struct {
	zone         *time.Location
	month        int32
	fromUS, toUS int64 // of month; empty at first
}

// monthOf is the first day of the instant's month, in days since 1970.
func (c *calendar) monthOf(us int64) int32 {
	if us < c.fromUS || us >= c.toUS {
		year, month, _ := time.UnixMicro(us).In(c.zone).Date()
		first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
		c.month = int32(arrow.Date32FromTime(first))
		c.fromUS, c.toUS = c.within(first)
	}
	return c.month
}

// within is a stretch of time that lies in the month whatever the zone does at its ends: from noon of its second day to noon of its
// last but one.
func (c *calendar) within(first time.Time) (fromUS, toUS int64) {
	from := time.Date(first.Year(), first.Month(), 2, 12, 0, 0, 0, c.zone)
	to := time.Date(first.Year(), first.Month()+1, 0, 0, 0, 0, 0, c.zone).Add(-12 * time.Hour)
	return from.UnixMicro(), to.UnixMicro()
}
