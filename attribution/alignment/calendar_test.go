package alignment

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

func inZone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := zone.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// Worked by hand with a calendar on paper. 1 January 2027 is a Friday, 2026 has 53 ISO weeks.
func TestPeriodOfADay(t *testing.T) {
	for _, c := range []struct{ weekStart, fiscalStart, kind, day, from, last, label string }{
		{"monday", "january", "week", "2026-11-26", "2026-11-23", "2026-11-29", "2026-W48"},
		{"monday", "january", "week", "2026-12-27", "2026-12-21", "2026-12-27", "2026-W52"},
		{"monday", "january", "week", "2027-01-03", "2026-12-28", "2027-01-03", "2026-W53"},
		{"monday", "january", "week", "2027-01-04", "2027-01-04", "2027-01-10", "2027-W01"},
		{"monday", "january", "week", "2024-12-31", "2024-12-30", "2025-01-05", "2025-W01"},
		{"sunday", "january", "week", "2026-12-26", "2026-12-20", "2026-12-26", "2026-W52"},
		{"sunday", "january", "week", "2026-12-27", "2026-12-27", "2027-01-02", "2026-W53"},
		{"sunday", "january", "week", "2027-01-03", "2027-01-03", "2027-01-09", "2027-W01"},
		{"Saturday", "january", "week", "2027-01-01", "2026-12-26", "2027-01-01", "2026-W53"},
		{"monday", "january", "month", "2024-02-29", "2024-02-01", "2024-02-29", "2024-02"},
		{"monday", "july", "quarter", "2026-11-30", "2026-10-01", "2026-12-31", "2026 Q4"},
		{"monday", "july", "year", "2026-11-30", "2026-01-01", "2026-12-31", "2026"},
		{"monday", "january", "fiscal-quarter", "2026-11-30", "2026-10-01", "2026-12-31", "FY2026 Q4"},
		{"monday", "january", "fiscal-year", "2026-11-30", "2026-01-01", "2026-12-31", "FY2026"},
		{"monday", "july", "fiscal-quarter", "2026-06-30", "2026-04-01", "2026-06-30", "FY2026 Q4"},
		{"monday", "july", "fiscal-quarter", "2026-07-01", "2026-07-01", "2026-09-30", "FY2027 Q1"},
		{"monday", "july", "fiscal-quarter", "2027-01-31", "2027-01-01", "2027-03-31", "FY2027 Q3"},
		{"monday", "july", "fiscal-year", "2026-06-30", "2025-07-01", "2026-06-30", "FY2026"},
		{"monday", "july", "fiscal-year", "2026-07-01", "2026-07-01", "2027-06-30", "FY2027"},
		{"monday", "february", "fiscal-quarter", "2026-02-01", "2026-02-01", "2026-04-30", "FY2027 Q1"},
		{"monday", "february", "fiscal-quarter", "2026-12-31", "2026-11-01", "2027-01-31", "FY2027 Q4"},
		{"monday", "february", "fiscal-quarter", "2027-01-01", "2026-11-01", "2027-01-31", "FY2027 Q4"},
		{"monday", "february", "fiscal-year", "2027-01-31", "2026-02-01", "2027-01-31", "FY2027"},
		{"monday", "february", "fiscal-year", "2024-02-29", "2024-02-01", "2025-01-31", "FY2025"},
		{"monday", "december", "fiscal-quarter", "2026-11-30", "2026-09-01", "2026-11-30", "FY2026 Q4"},
		{"monday", "december", "fiscal-quarter", "2026-12-01", "2026-12-01", "2027-02-28", "FY2027 Q1"},
	} {
		o := Options{Zone: time.UTC, Reporting: config.Reporting{WeekStartsOn: c.weekStart, FiscalYearStartsIn: c.fiscalStart}}
		at, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		from, next, label := o.calendar().period(c.kind, at)
		if got := fmt.Sprint(from.Format(time.DateOnly), " ", next.AddDate(0, 0, -1).Format(time.DateOnly), " ", label); got != c.from+" "+c.last+" "+c.label {
			t.Errorf("%s of %s (%s, %s): %s, want %s %s %s", c.kind, c.day, c.weekStart, c.fiscalStart, got, c.from, c.last, c.label)
		}
	}
}

// The periods of every type follow each other without a gap, each day lies in its own, and no label
// comes twice.
func TestPeriodsFollowEachOther(t *testing.T) {
	for weekday := time.Sunday; weekday <= time.Saturday; weekday++ {
		for month := time.January; month <= time.December; month++ {
			c := Options{Zone: time.UTC, Reporting: config.Reporting{WeekStartsOn: weekday.String(), FiscalYearStartsIn: month.String()}}.calendar()
			for _, kind := range PeriodTypes[1:] {
				labels, expected := map[string]bool{}, day{}
				for at := time.Date(2019, 12, 30, 0, 0, 0, 0, time.UTC); at.Year() < 2032; {
					from, next, label := c.period(kind, at)
					if from.After(at) || !next.After(at) || (!expected.IsZero() && from != expected) || labels[label] {
						t.Fatalf("%s of %s: %s to before %s, %s", kind, at.Format(time.DateOnly), from, next, label)
					}
					if lastFrom, _, lastLabel := c.period(kind, next.AddDate(0, 0, -1)); lastFrom != from || lastLabel != label {
						t.Fatalf("the last day of %s is of another %s", label, kind)
					}
					labels[label], expected, at = true, next, next
				}
			}
		}
	}
}

// calendarOf makes calendar_periods of a run whose first event is at an instant, and returns the
// rows of a type.
func calendarOf(t *testing.T, o Options, firstEvent, firstCost, kind string) []string {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	c := o.calendar()
	fromUS, toUS := int64(math.MinInt64), int64(math.MaxInt64)
	if at, err := time.Parse(time.DateOnly, o.From); err == nil {
		fromUS = c.startOf(at)
	}
	if at, err := time.Parse(time.DateOnly, o.To); err == nil {
		toUS = c.startOf(at.AddDate(0, 0, 1))
	}
	for _, statement := range []string{
		fmt.Sprintf(`CREATE TABLE settings AS SELECT CAST(%d AS BIGINT) AS as_of_us, CAST('%d' AS BIGINT) AS from_us, CAST(%d AS BIGINT) AS to_us`, o.AsOf.UnixMicro(), fromUS, toUS),
		`CREATE TABLE touch_rows AS SELECT EPOCH_US(CAST(NULLIF('` + firstEvent + `', '') AS TIMESTAMP)) AS occurred_us`,
		`CREATE TABLE cost_days AS SELECT CAST(NULLIF('` + firstCost + `', '') AS DATE) AS day`,
		`CREATE TABLE person_entries AS SELECT CAST(9223372036854775807 AS BIGINT) AS from_us`, // after as-of
		`CREATE TABLE opportunity_facts AS SELECT CAST(NULL AS BIGINT) AS created_from_us`,
		`CREATE TABLE conversions AS SELECT CAST(NULL AS BIGINT) AS anchor_from_us`,
		`CREATE TABLE stage_history (entered_at TIMESTAMP)`,
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := definePeriods(t.Context(), eng, o); err != nil {
		t.Fatal(err)
	}
	rows, err := eng.Texts(t.Context(), `
		SELECT CONCAT_WS(' ', COALESCE(CAST(p.period_start AS VARCHAR), '-'), COALESCE(CAST(p.period_end AS VARCHAR), '-'), p.period_label,
			CASE WHEN p.from_us > -9223372036854775807 THEN STRFTIME(MAKE_TIMESTAMP(p.from_us), '%m-%dT%H:%M') ELSE '-' END,
			CASE WHEN p.to_us < 9223372036854775807 THEN STRFTIME(MAKE_TIMESTAMP(p.to_us), '%m-%dT%H:%M') ELSE '-' END,
			CASE WHEN p.is_complete THEN 'complete' ELSE 'runs' END, 'after', COALESCE(q.period_label, '-'))
		FROM calendar_periods AS p
		LEFT JOIN calendar_periods AS q ON q.period_key = p.previous_key
		WHERE p.period_type = '`+kind+`'
		ORDER BY p.period_key`)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestPeriodsOfARun(t *testing.T) {
	berlin, newYork := inZone(t, "Europe/Berlin"), inZone(t, "America/New_York")
	asOf := time.Date(2026, 4, 30, 21, 59, 59, 999_999_000, time.UTC) // the end of April in Berlin
	for _, c := range []struct {
		name, kind, event, cost string
		options                 Options
		want                    []string
	}{
		// From the first event to as-of. Clocks change on 29 March: April begins at 22:00 UTC.
		{"unbounded", "month", "2026-02-28 22:59:59", "", Options{Zone: berlin, AsOf: asOf}, []string{
			"2026-02-01 2026-02-28 2026-02 01-31T23:00 02-28T23:00 complete after -",
			"2026-03-01 2026-03-31 2026-03 02-28T23:00 03-31T22:00 complete after 2026-02",
			"2026-04-01 2026-04-30 2026-04 03-31T22:00 04-30T22:00 complete after 2026-03",
		}},
		{"the whole has no bounds", "all", "2026-02-28 22:59:59", "", Options{Zone: berlin, AsOf: asOf}, []string{"- - all - - runs after -"}},
		// An hour later it is March in Berlin. As-of a microsecond earlier: April runs.
		{"the zone decides", "month", "2026-02-28 23:00", "", Options{Zone: berlin, AsOf: asOf.Add(-time.Microsecond)}, []string{
			"2026-03-01 2026-03-31 2026-03 02-28T23:00 03-31T22:00 complete after -",
			"2026-04-01 2026-04-30 2026-04 03-31T22:00 04-30T22:00 runs after 2026-03",
		}},
		// A week of 167 hours, and weeks that the reporting period cuts.
		{"cut weeks", "week", "2026-01-01", "", Options{Zone: berlin, AsOf: asOf, From: "2026-03-25", To: "2026-04-01"}, []string{
			"2026-03-25 2026-03-29 2026-W13 03-24T23:00 03-29T22:00 complete after -",
			"2026-03-30 2026-04-01 2026-W14 03-29T22:00 04-01T22:00 complete after 2026-W13",
		}},
		{"cut months", "month", "2026-01-01", "", Options{Zone: berlin, AsOf: asOf, From: "2026-03-15", To: "2026-04-15"}, []string{
			"2026-03-15 2026-03-31 2026-03 03-14T23:00 03-31T22:00 complete after -",
			"2026-04-01 2026-04-15 2026-04 03-31T22:00 04-15T22:00 complete after 2026-03",
		}},
		{"a cut whole", "all", "2026-01-01", "", Options{Zone: berlin, AsOf: asOf, From: "2026-03-15", To: "2026-04-15"}, []string{
			"2026-03-15 2026-04-15 all 03-14T23:00 04-15T22:00 complete after -",
		}},
		{"the data begins later than the period", "quarter", "2026-04-10", "", Options{Zone: berlin, AsOf: asOf, From: "2025-01-01"}, []string{
			"2026-04-01 2026-06-30 2026 Q2 03-31T22:00 06-30T22:00 runs after -",
		}},
		{"a period after as-of", "month", "2026-04-10", "", Options{Zone: berlin, AsOf: asOf, From: "2026-06-01"}, nil},
		{"fiscal quarters", "fiscal-quarter", "2026-01-31 12:00", "", Options{Zone: berlin, AsOf: asOf, Reporting: config.Reporting{FiscalYearStartsIn: "february"}}, []string{
			"2025-11-01 2026-01-31 FY2026 Q4 10-31T23:00 01-31T23:00 complete after -",
			"2026-02-01 2026-04-30 FY2027 Q1 01-31T23:00 04-30T22:00 complete after FY2026 Q4",
		}},
		// A day of costs is one of the reporting zone, where it begins at 05:00 UTC: no December.
		{"costs come first", "month", "2026-02-10", "2026-01-01", Options{Zone: newYork, AsOf: time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)}, []string{
			"2026-01-01 2026-01-31 2026-01 01-01T05:00 02-01T05:00 complete after -",
			"2026-02-01 2026-02-28 2026-02 02-01T05:00 03-01T05:00 runs after 2026-01",
		}},
		{"nothing at all", "month", "", "", Options{Zone: berlin, AsOf: asOf}, []string{
			"2026-04-01 2026-04-30 2026-04 03-31T22:00 04-30T22:00 complete after -",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := calendarOf(t, c.options, c.event, c.cost, c.kind); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// Elapsed business time between two clocks of a zone, worked by hand. In 2026, clocks of Berlin jump
// from 2:00 to 3:00 on Sunday 29 March, and go back from 3:00 to 2:00 on Sunday 25 October; those of
// New York on 8 March and 1 November. 25 December is a Friday.
func TestBusinessTime(t *testing.T) {
	workdays, everyDay := []string{"mon", "tue", "wed", "thu", "fri"}, []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	office := func(hours string, days []string, holidays ...string) config.ServiceLevel {
		return config.ServiceLevel{Hours: hours, Weekdays: days, Holidays: holidays}
	}
	for _, c := range []struct {
		name           string
		level          config.ServiceLevel
		zone, from, to string
		want           time.Duration
	}{
		{"within a day", office("09:00-17:00", workdays), "Europe/Berlin", "2026-03-26 10:00", "2026-03-26 12:30", 150 * time.Minute},
		{"before opening and after closing", office("09:00-17:00", workdays), "Europe/Berlin", "2026-03-26 07:00", "2026-03-26 20:00", 8 * time.Hour},
		{"overnight", office("09:00-17:00", workdays), "Europe/Berlin", "2026-03-26 16:30", "2026-03-27 09:15", 45 * time.Minute},
		{"a weekend, and clocks jump in it", office("09:00-17:00", workdays), "Europe/Berlin", "2026-03-27 16:00", "2026-03-30 10:00", 2 * time.Hour},
		{"a weekend, and clocks go back in it", office("09:00-17:00", workdays), "Europe/Berlin", "2026-10-23 16:00", "2026-10-26 10:00", 2 * time.Hour},
		{"on a Saturday nobody works", office("09:00-17:00", workdays), "Europe/Berlin", "2026-03-28 10:00", "2026-03-28 12:00", 0},
		{"a holiday before a weekend", office("09:00-17:00", workdays, "2026-12-25"), "Europe/Berlin", "2026-12-24 15:00", "2026-12-28 11:00", 4 * time.Hour},
		{"the same without the holiday", office("09:00-17:00", workdays), "Europe/Berlin", "2026-12-24 15:00", "2026-12-28 11:00", 12 * time.Hour},
		{"whole days, one of 23 hours", office("00:00-24:00", everyDay), "Europe/Berlin", "2026-03-28 12:00", "2026-03-30 12:00", 47 * time.Hour},
		{"whole days, one of 25 hours", office("00:00-24:00", everyDay), "Europe/Berlin", "2026-10-24 12:00", "2026-10-26 12:00", 49 * time.Hour},
		{"whole workdays around a short Sunday", office("00:00-24:00", workdays), "Europe/Berlin", "2026-03-27 12:00", "2026-03-30 12:00", 24 * time.Hour},
		{"Sunday hours after the jump", office("09:00-17:00", everyDay), "Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", 8 * time.Hour},
		{"opening in the hour that is skipped", office("02:30-10:00", everyDay), "Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", 7 * time.Hour},
		{"closing in the hour that is skipped", office("00:00-02:30", everyDay), "Europe/Berlin", "2026-03-29 00:00", "2026-03-30 00:00", 2 * time.Hour},
		{"hours around the one that comes twice", office("01:00-04:00", everyDay), "Europe/Berlin", "2026-10-25 00:00", "2026-10-26 00:00", 4 * time.Hour},
		{"another zone", office("00:00-24:00", everyDay), "America/New_York", "2026-03-07 12:00", "2026-03-09 12:00", 47 * time.Hour},
		{"midnight is skipped", office("00:00-24:00", everyDay), "America/Santiago", "2026-09-05 12:00", "2026-09-06 12:00", 23 * time.Hour},
	} {
		t.Run(c.name, func(t *testing.T) {
			z := inZone(t, c.zone)
			at := func(text string) int64 {
				instant, err := time.ParseInLocation("2006-01-02 15:04", text, z)
				if err != nil {
					t.Fatal(err)
				}
				return instant.UnixMicro()
			}
			// The reporting zone is another one: the zone of the service level decides.
			c.level.Zone = c.zone
			if got := worked(t, c.level, inZone(t, "Asia/Tokyo"), at(c.from), at(c.to)); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			c.level.Zone = ""
			if got := worked(t, c.level, z, at(c.from), at(c.to)); got != c.want {
				t.Errorf("with the reporting zone %s, want %s", got, c.want)
			}
		})
	}
}

// worked is the business time of a delivery from its instant to the end of its window, as-of.
func worked(t *testing.T, level config.ServiceLevel, reporting *time.Location, from, to int64) time.Duration {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	if err := eng.Exec(t.Context(), fmt.Sprintf(`CREATE TABLE delivery_windows AS
		SELECT CAST(%d AS BIGINT) AS delivered_us, CAST(%d AS BIGINT) AS window_end_us, CAST(NULL AS BIGINT) AS assigned_us, CAST(NULL AS BIGINT) AS response_us`, from, to)); err != nil {
		t.Fatal(err)
	}
	o := Options{Zone: reporting, AsOf: time.UnixMicro(to)}
	o.Agreed.ServiceLevel = level
	if err := defineBusinessDays(t.Context(), eng, o); err != nil {
		t.Fatal(err)
	}
	if err := eng.Exec(t.Context(), text("business_clock")); err != nil {
		t.Fatal(err)
	}
	var us int64
	if err := eng.Row(t.Context(), `SELECT MAX(worked_us) - MIN(worked_us) FROM business_clock`, nil, &us); err != nil {
		t.Fatal(err)
	}
	return time.Duration(us) * time.Microsecond
}

// A word of the agreement that names a stage holds for every spelling of the stage.
func TestWordsOfTheHandoff(t *testing.T) {
	funnel := []config.Stage{{Name: "MQL"}, {Name: "SAL", Spellings: []string{"Accepted Lead"}}, {Name: "SQL", Spellings: []string{"Sales Qualified Lead", "Qualified"}}}
	got := inEverySpelling(funnel, map[string]string{"Sales qualified LEAD": "accepted", "qualified": "recycled", "Rejected": "rejected"})
	want := "map[qualified:recycled rejected:rejected salesqualifiedlead:accepted sql:accepted]"
	if fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}
