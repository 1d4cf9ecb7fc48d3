package config

import (
	"fmt"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/zone"
)

// date reads a day, which has to exist.
func date(text string) (time.Time, error) {
	day, err := time.Parse("2006-01-02", text)
	if err != nil || len(text) != 10 {
		return time.Time{}, fmt.Errorf("%s is not a date\nhint: write one that exists, such as 2020-12-31", quoted(text))
	}
	return day, nil
}

// Date reads a day as commands take one, which has to exist.
func Date(text string) (time.Time, error) { return date(text) }

// firstAsOf is where data begins: an earlier instant is a sentinel or a slip.
var firstAsOf = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// parseAsOf reads an ISO 8601 instant with its zone or a date, which stands for the last
// microsecond of that day in the reporting zone.
func parseAsOf(text, reportingZone string) (time.Time, error) {
	wrong := fmt.Errorf("%s is not an instant\nhint: write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28", quoted(text))
	var instant time.Time
	if len(text) == 10 {
		day, err := date(text)
		if err != nil {
			return time.Time{}, wrong
		}
		z, err := zone.Load(reportingZone)
		if err != nil {
			return time.Time{}, err
		}
		instant = zone.StartOfDay(day.Year(), day.Month(), day.Day()+1, z).Add(-time.Microsecond)
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
