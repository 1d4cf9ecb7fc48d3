package config

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones exist on every machine
)

// zone returns an IANA time zone.
func zone(name string) (*time.Location, error) {
	// Go reads "" and Local as a zone of the machine, and some machines have copies of the zones under posix/ and right/.
	if name != "" && name != "Local" && !strings.HasPrefix(name, "posix") && !strings.HasPrefix(name, "right/") {
		if z, err := time.LoadLocation(name); err == nil {
			return z, nil
		}
	}
	return nil, fmt.Errorf("%s is not an IANA time zone (write one such as UTC or Europe/Berlin)", quoted(name))
}

// date reads a day, which has to exist.
func date(text string) (time.Time, error) {
	day, err := time.Parse("2006-01-02", text)
	if err != nil || len(text) != 10 {
		return time.Time{}, fmt.Errorf("%s is not a date (write one that exists, such as 2020-12-31)", quoted(text))
	}
	return day, nil
}

// firstAsOf is where data begins: an earlier instant is a sentinel or a slip.
var firstAsOf = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// parseAsOf reads an ISO 8601 instant with its zone or a date, which stands for the last microsecond of that day in the
// reporting zone.
func parseAsOf(text, reportingZone string) (time.Time, error) {
	wrong := fmt.Errorf("%s is not an instant (write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28)", quoted(text))
	var instant time.Time
	if len(text) == 10 {
		day, err := date(text)
		if err != nil {
			return time.Time{}, wrong
		}
		z, err := zone(reportingZone)
		if err != nil {
			return time.Time{}, err
		}
		instant = dayAfter(day, z).Add(-time.Microsecond)
	} else {
		var err error
		for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00"} {
			if instant, err = time.Parse(layout, strings.Replace(text, " ", "T", 1)); err == nil {
				break
			}
		}
		if err != nil || instant.Nanosecond()%1000 != 0 {
			return time.Time{}, wrong
		}
	}
	if instant.Before(firstAsOf) {
		return time.Time{}, fmt.Errorf("%s is before 1990", quoted(text))
	}
	return instant.UTC(), nil
}

// dayAfter returns the first instant of the day after day in a zone. Where daylight saving skips midnight, the day begins
// with the jump; where midnight comes twice, with the first.
func dayAfter(day time.Time, z *time.Location) time.Time {
	next := day.AddDate(0, 0, 1)
	begin := time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, z)
	switch since, until := begin.ZoneBounds(); {
	case begin.Day() != next.Day(): // read with the offset after the jump: the evening before
		return until
	case begin.Hour() != 0 || begin.Minute() != 0: // read with the offset before the jump: after it
		return since
	default:
		if before := since.Add(-time.Microsecond); !since.IsZero() && before.Day() == next.Day() && before.Month() == next.Month() && before.Year() == next.Year() {
			_, old := before.Zone()
			_, now := begin.Zone()
			return begin.Add(time.Duration(now-old) * time.Second)
		}
		return begin
	}
}
