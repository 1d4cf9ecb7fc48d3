package alignment

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

// PeriodTypes are the types of periods, in the order of reports.
var PeriodTypes = []string{"all", "week", "month", "quarter", "year", "fiscal-quarter", "fiscal-year"}

// A calendar is the reporting calendar.
type calendar struct {
	zone        *time.Location
	weekStart   time.Weekday
	fiscalStart time.Month
}

// A day is a date without a zone, at midnight UTC.
type day = time.Time

func (o Options) calendar() calendar {
	c := calendar{zone: o.Zone, weekStart: time.Monday, fiscalStart: time.January}
	for at := time.Sunday; at <= time.Saturday; at++ {
		if strings.EqualFold(at.String(), o.Reporting.WeekStartsOn) {
			c.weekStart = at
		}
	}
	for at := time.January; at <= time.December; at++ {
		if strings.EqualFold(at.String(), o.Reporting.FiscalYearStartsIn) {
			c.fiscalStart = at
		}
	}
	return c
}

// period returns the first day of the period in which a day lies, the first day of the next one,
// and what people call it. A fiscal year is named by the year in which it ends.
func (c calendar) period(kind string, at day) (from, next day, label string) {
	first := func(month time.Month, year int) day { return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC) }
	months := func(start time.Month, n int) (from, next day, number int) { // stretches of n months, counted from a month of the year
		since := (int(at.Month()-start) + 12) % 12
		from = first(at.Month()-time.Month(since%n), at.Year())
		return from, from.AddDate(0, n, 0), since/n + 1
	}
	switch kind {
	case "week":
		from = at.AddDate(0, 0, -(int(at.Weekday()-c.weekStart)+7)%7)
		year, week := from.AddDate(0, 0, 3).ISOWeek()
		return from, from.AddDate(0, 0, 7), fmt.Sprintf("%d-W%02d", year, week)
	case "month":
		from, next, _ = months(time.January, 1)
		return from, next, from.Format("2006-01")
	case "quarter":
		from, next, number := months(time.January, 3)
		return from, next, fmt.Sprintf("%d Q%d", from.Year(), number)
	case "year":
		from, next, _ = months(time.January, 12)
		return from, next, from.Format("2006")
	case "fiscal-quarter":
		from, next, number := months(c.fiscalStart, 3)
		_, yearEnds, _ := months(c.fiscalStart, 12)
		return from, next, fmt.Sprintf("FY%d Q%d", yearEnds.AddDate(0, 0, -1).Year(), number)
	default: // fiscal-year
		from, next, _ = months(c.fiscalStart, 12)
		return from, next, fmt.Sprintf("FY%d", next.AddDate(0, 0, -1).Year())
	}
}

// dayOf is the day of an instant in the reporting zone.
func (c calendar) dayOf(us int64) day {
	year, month, date := time.UnixMicro(us).In(c.zone).Date()
	return time.Date(year, month, date, 0, 0, 0, 0, time.UTC)
}

// startOf is the first instant of a day.
func (c calendar) startOf(at day) int64 {
	return zone.StartOfDay(at.Year(), at.Month(), at.Day(), c.zone).UnixMicro()
}

// A period is a row of calendar_periods.
type period struct {
	kind, label string
	from, next  day // zero: unbounded
	fromUS      int64
	toUS        int64
}

// periods lists the periods of each type that have a day of the reporting period, from the first
// event of the data up to as-of, cut at the ends of the reporting period. The whole comes first.
func (c calendar) periods(o Options, fromUS, toUS, firstUS int64) []period {
	all := []period{{kind: "all", label: "all", fromUS: fromUS, toUS: toUS}}
	begin, end := c.dayOf(max(fromUS, firstUS)), c.dayOf(min(toUS-1, o.AsOf.UnixMicro()))
	for _, kind := range PeriodTypes[1:] {
		for at := begin; !at.After(end); {
			from, next, label := c.period(kind, at)
			p := period{kind: kind, label: label, from: from, next: next, fromUS: c.startOf(from), toUS: c.startOf(next)}
			if p.fromUS < fromUS {
				p.from, p.fromUS = c.dayOf(fromUS), fromUS
			}
			if p.toUS > toUS {
				p.next, p.toUS = c.dayOf(toUS), toUS
			}
			all = append(all, p)
			at = next
		}
	}
	return all
}

// firstEvent asks for the first instant at which anything is recorded: of several sources, so that
// no report lacks the period of its first row. A day of costs has no instant: its day comes beside.
const firstEvent = `
SELECT COALESCE(MIN(us), ?), COALESCE((SELECT CAST(MIN(day) AS VARCHAR) FROM cost_days), '')
FROM (
	SELECT MIN(occurred_us) AS us FROM touch_rows
	UNION ALL SELECT MIN(from_us) FROM person_entries
	UNION ALL SELECT MIN(created_from_us) FROM opportunity_facts
	UNION ALL SELECT MIN(anchor_from_us) FROM conversions
	UNION ALL SELECT MIN(EPOCH_US(entered_at)) FROM stage_history
) AS firsts
CROSS JOIN settings
WHERE us <= settings.as_of_us`

// definePeriods makes calendar_periods, calendar_spans and span_periods. An instant lies in one
// span, and in the periods of that span: so each event is looked up once, and not in every period.
// The first span, before every period, has none.
func definePeriods(ctx context.Context, eng *engine.Engine, o Options) error {
	var fromUS, toUS, firstUS int64
	if err := eng.Row(ctx, "SELECT from_us, to_us FROM settings", nil, &fromUS, &toUS); err != nil {
		return err
	}
	var firstCost string
	if err := eng.Row(ctx, firstEvent, []any{o.AsOf.UnixMicro()}, &firstUS, &firstCost); err != nil {
		return err
	}
	c := o.calendar()
	if at, err := time.Parse(time.DateOnly, firstCost); err == nil {
		firstUS = min(firstUS, c.startOf(at))
	}
	b := engine.NewTable("period_key INTEGER", "period_type VARCHAR", "period_start DATE", "period_end DATE", "period_label VARCHAR",
		"from_us BIGINT", "to_us BIGINT", "is_complete BOOLEAN", "previous_key INTEGER")
	lastOf := map[string]int{}
	for i, p := range c.periods(o, fromUS, toUS, firstUS) {
		if p.kind == "all" && o.From != "" {
			p.from = c.dayOf(fromUS)
		}
		if p.kind == "all" && o.To != "" {
			p.next = c.dayOf(toUS)
		}
		var start, end, previous any
		if !p.from.IsZero() {
			start = p.from
		}
		if !p.next.IsZero() {
			end = p.next.AddDate(0, 0, -1)
		}
		if last, isThere := lastOf[p.kind]; isThere {
			previous = last
		}
		b.Add(i, p.kind, start, end, p.label, p.fromUS, p.toUS, p.toUS != math.MaxInt64 && p.toUS <= o.AsOf.UnixMicro()+1, previous)
		lastOf[p.kind] = i
	}
	if err := eng.StoreTable(ctx, "calendar_periods", b); err != nil {
		return err
	}
	if err := eng.Exec(ctx, text("calendar_spans")); err != nil {
		return err
	}
	return eng.Exec(ctx, text("span_periods"))
}
