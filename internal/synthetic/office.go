package synthetic

import (
	"slices"
	"time"
)

// Sales works from nine to five in New York, Monday to Friday, but for holidays: tributary.yaml
// says the same under service_level.
const (
	opensAt     = 9 * hour
	officeHours = 8 * hour
)

var holidays = []string{
	"2023-07-04", "2023-09-04", "2023-11-23", "2023-12-25",
	"2024-01-01", "2024-05-27", "2024-07-04", "2024-09-02", "2024-11-28", "2024-12-25",
	"2025-01-01", "2025-05-26", "2025-07-04", "2025-09-01", "2025-11-27", "2025-12-25",
	"2026-01-01", "2026-05-25", "2026-07-03", "2026-09-07", "2026-11-26", "2026-12-25",
}

// opening is when sales opens on a day, 0 where it does not. The rule of daylight saving is written
// out, so that the same bytes do not depend on a database of time zones: New York is four hours
// behind UTC from the second Sunday of March to the first one of November, else five. The clocks
// change at night, before the office opens.
func opening(t time.Time, written string) instant {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday || slices.Contains(holidays, written) {
		return 0
	}
	sunday := func(month time.Month, nth int) int { // the day of the month
		first := time.Date(t.Year(), month, 1, 0, 0, 0, 0, time.UTC).Weekday()
		return 1 + (7-int(first))%7 + 7*(nth-1)
	}
	summer := t.Month() > time.March && t.Month() < time.November ||
		t.Month() == time.March && t.Day() >= sunday(time.March, 2) || t.Month() == time.November && t.Day() < sunday(time.November, 1)
	behind := 5 * hour
	if summer {
		behind = 4 * hour
	}
	return instant(t.Unix()/86400)*day + opensAt + behind
}

// afterOfficeTime is when so much office time has passed since t.
func (c *calendar) afterOfficeTime(t, span instant) instant {
	for on := t.day(); ; on++ {
		opens := c.opens[on-calendarFrom]
		if opens == 0 {
			continue
		}
		from := max(t, opens)
		if left := opens + officeHours - from; left <= 0 {
			continue
		} else if span > left {
			span -= left
			continue
		}
		return from + span
	}
}

// inOffice is a time of the first working day that is not before this one.
func (c *calendar) inOffice(d *draws, on int64) instant {
	for c.opens[on-calendarFrom] == 0 {
		on++
	}
	return c.opens[on-calendarFrom] + instant(d.below(int64(officeHours/second)))*second
}
