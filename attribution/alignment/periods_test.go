package alignment

import (
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
)

// The period of each type in which a day lies: its first day, its last day and its label.
func TestPeriodsOfDays(t *testing.T) {
	for _, c := range []struct {
		week, year, day string
		want            string
	}{
		// 1 January 2027 is a Friday. Its ISO week is the 53rd of 2026, which has 53 because it began on a Thursday.
		{"monday", "january", "2027-01-01", "week 2026-12-28 2027-01-03 2026-W53, month 2027-01-01 2027-01-31 2027-01, quarter 2027-01-01 2027-03-31 2027 Q1, " +
			"year 2027-01-01 2027-12-31 2027, fiscal-quarter 2027-01-01 2027-03-31 FY2027 Q1, fiscal-year 2027-01-01 2027-12-31 FY2027"},
		// From July on, the fiscal year is named by the next year. 30 June is the last day of the one before.
		{"sunday", "july", "2026-07-01", "week 2026-06-28 2026-07-04 2026-W27, month 2026-07-01 2026-07-31 2026-07, quarter 2026-07-01 2026-09-30 2026 Q3, " +
			"year 2026-01-01 2026-12-31 2026, fiscal-quarter 2026-07-01 2026-09-30 FY2027 Q1, fiscal-year 2026-07-01 2027-06-30 FY2027"},
		{"sunday", "july", "2026-06-30", "week 2026-06-28 2026-07-04 2026-W27, month 2026-06-01 2026-06-30 2026-06, quarter 2026-04-01 2026-06-30 2026 Q2, " +
			"year 2026-01-01 2026-12-31 2026, fiscal-quarter 2026-04-01 2026-06-30 FY2026 Q4, fiscal-year 2025-07-01 2026-06-30 FY2026"},
		// The fiscal year from February 2025 ends on 31 January 2026. Its last quarter began in November.
		{"sunday", "february", "2026-01-31", "week 2026-01-25 2026-01-31 2026-W05, month 2026-01-01 2026-01-31 2026-01, quarter 2026-01-01 2026-03-31 2026 Q1, " +
			"year 2026-01-01 2026-12-31 2026, fiscal-quarter 2025-11-01 2026-01-31 FY2026 Q4, fiscal-year 2025-02-01 2026-01-31 FY2026"},
		{"saturday", "february", "2026-02-01", "week 2026-01-31 2026-02-06 2026-W06, month 2026-02-01 2026-02-28 2026-02, quarter 2026-01-01 2026-03-31 2026 Q1, " +
			"year 2026-01-01 2026-12-31 2026, fiscal-quarter 2026-02-01 2026-04-30 FY2027 Q1, fiscal-year 2026-02-01 2027-01-31 FY2027"},
	} {
		at, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		calendar := Options{Zone: time.UTC, Reporting: config.Reporting{WeekStartsOn: c.week, FiscalYearStartsIn: c.year}}.calendar()
		var got []string
		for _, kind := range PeriodTypes[1:] {
			from, next, label := calendar.period(kind, at)
			got = append(got, strings.Join([]string{kind, from.Format(time.DateOnly), next.AddDate(0, 0, -1).Format(time.DateOnly), label}, " "))
		}
		if all := strings.Join(got, ", "); all != c.want {
			t.Errorf("%s, weeks from %s, years from %s:\n got %s\nwant %s", c.day, c.week, c.year, all, c.want)
		}
	}
}
