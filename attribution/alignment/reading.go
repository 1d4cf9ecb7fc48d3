package alignment

import (
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/zone"
)

// A Calendar is the reporting calendar, for those who read a published run.
type Calendar struct{ calendar }

// A CalendarPeriod is a period of a type: its first day, the first day after it, and its label.
type CalendarPeriod struct {
	Type, Label string
	From, Next  time.Time // days: midnight UTC
}

// CalendarOf is the calendar that a configuration describes.
func CalendarOf(reporting config.Reporting) (Calendar, error) {
	z, err := zone.Load(reporting.TimeZone)
	return Calendar{Options{Zone: z, Reporting: reporting}.calendar()}, err
}

// Period is the period of a type in which a day lies.
func (c Calendar) Period(kind string, at time.Time) CalendarPeriod {
	from, next, label := c.period(kind, at)
	return CalendarPeriod{Type: kind, Label: label, From: from, Next: next}
}

// DayOf is the day of an instant in the reporting zone.
func (c Calendar) DayOf(at time.Time) time.Time { return c.dayOf(at.UnixMicro()) }

// StartOf is the first instant of a day, in microseconds.
func (c Calendar) StartOf(at time.Time) int64 { return c.startOf(at) }
