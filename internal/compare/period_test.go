package compare

import (
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/config"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// What a period, the one before and the same one a year ago are; as-of is Thursday, 14 May 2026,
// weeks begin on Sunday and the fiscal year in February.
func TestPeriodsAndWhatTheyAreComparedWith(t *testing.T) {
	reporting := config.Reporting{TimeZone: "UTC", WeekStartsOn: "sunday", FiscalYearStartsIn: "february"}
	calendar, err := alignment.CalendarOf(reporting)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ asked, now, before, yearAgo string }{
		{"last-quarter", "2026-01-01 2026-03-31", "2025-10-01 2025-12-31", "2025-01-01 2025-03-31"},
		// 44 days of the quarter have passed: 1 April to 14 May.
		{"this-quarter", "2026-04-01 2026-05-14", "2026-01-01 2026-02-13", "2025-04-01 2025-05-14"},
		{"last-month", "2026-04-01 2026-04-30", "2026-03-01 2026-03-31", "2025-04-01 2025-04-30"},
		{"this-month", "2026-05-01 2026-05-14", "2026-04-01 2026-04-14", "2025-05-01 2025-05-14"},
		{"last-week", "2026-05-03 2026-05-09", "2026-04-26 2026-05-02", "2025-05-04 2025-05-10"},
		{"this-week", "2026-05-10 2026-05-14", "2026-05-03 2026-05-07", "2025-05-11 2025-05-15"},
		{"last-year", "2025-01-01 2025-12-31", "2024-01-01 2024-12-31", ""},
		{"this-year", "2026-01-01 2026-05-14", "2025-01-01 2025-05-14", ""},
		// The fiscal year 2027 runs from February 2026 to January 2027; its first quarter is February to April.
		{"last-fiscal-quarter", "2026-02-01 2026-04-30", "2025-11-01 2026-01-31", "2025-02-01 2025-04-30"},
		{"last-fiscal-year", "2025-02-01 2026-01-31", "2024-02-01 2025-01-31", ""},
		{"2025-Q3", "2025-07-01 2025-09-30", "2025-04-01 2025-06-30", "2024-07-01 2024-09-30"},
		{"2025 q3", "2025-07-01 2025-09-30", "2025-04-01 2025-06-30", "2024-07-01 2024-09-30"},
		{"2025", "2025-01-01 2025-12-31", "2024-01-01 2024-12-31", ""},
		{"2024-02", "2024-02-01 2024-02-29", "2024-01-01 2024-01-31", "2023-02-01 2023-02-28"},
		{"fy2027-q1", "2026-02-01 2026-04-30", "2025-11-01 2026-01-31", "2025-02-01 2025-04-30"},
		{"FY2026", "2025-02-01 2026-01-31", "2024-02-01 2025-01-31", ""},
		{"2025-01-11..2025-01-20", "2025-01-11 2025-01-20", "2025-01-01 2025-01-10", "2024-01-11 2024-01-20"},
		{"2026-05-10..2026-05-19", "2026-05-10 2026-05-14", "2026-04-30 2026-05-04", "2025-05-10 2025-05-14"},
	} {
		windows, err := windowsOf(c.asked, reporting, calendar, day(t, "2026-05-14"))
		if err != nil {
			t.Errorf("%s: %v", c.asked, err)
			continue
		}
		got := map[string]string{}
		for _, w := range windows {
			until := w.span.last()
			if asOf := day(t, "2026-05-14"); until.After(asOf) {
				until = asOf
			}
			got[w.role] = w.span.from.Format(time.DateOnly) + " " + until.Format(time.DateOnly)
		}
		if got[now] != c.now || got[before] != c.before || got[yearAgo] != c.yearAgo {
			t.Errorf("%s: %s, before %s, a year ago %q; want %s, %s, %q", c.asked, got[now], got[before], got[yearAgo], c.now, c.before, c.yearAgo)
		}
	}
}

// A week of the reporting calendar is named as reports name it.
func TestAWeekIsNamedByItsLabel(t *testing.T) {
	calendar, err := alignment.CalendarOf(config.Reporting{TimeZone: "UTC", WeekStartsOn: "monday"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := spanOf("2026-W53", calendar, day(t, "2027-06-01"))
	if err != nil || s.from != day(t, "2026-12-28") || s.days() != 7 || s.label != "2026-W53" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := spanOf("2025-W53", calendar, day(t, "2027-06-01")); err == nil {
		t.Error("2025 has 52 weeks")
	}
}
