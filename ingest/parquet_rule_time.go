package ingest

import (
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
)

// Years of four digits, from the first that is no sentinel: firstYear as the engine writes it.
const (
	oldestText   = "'1990'" // text that begins with its year sorts as the year does
	oldestDay    = "DATE '1990-01-01'"
	newestDay    = "DATE '9999-12-31'"
	eldestDay    = "DATE '0001-01-01'" // of columns in which early years mean "since ever"
	oldestTime   = "TIMESTAMP '1990-01-01 00:00:00'"
	newestTime   = "TIMESTAMP '9999-12-31 23:59:59.999999'"
	microsOfADay = "86399999999" // less one: the span of a day without a change of the clock
)

// instantRule holds for instants with a zone, for local times and days of UTC, and for the text of
// instants of UTC. In any other zone clocks change, which is Go's to judge.
func instantRule(d declaration, x, databaseType string) (r filledRule, isCertain bool) {
	if len(d.Patterns) > 0 {
		return r, false
	}
	value, span := "", "0"
	switch databaseType {
	case "TIMESTAMPTZ": // not by a cast, which asks a calendar for each value
		value = "MAKE_TIMESTAMP(EPOCH_US(" + x + "))"
		r.plain = value + " BETWEEN " + oldestTime + " AND " + newestTime
	case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS":
		if d.Local != time.UTC {
			return r, false
		}
		value = "TRY_CAST(" + x + " AS TIMESTAMP)"
		r.plain = value + " BETWEEN " + oldestTime + " AND " + newestTime
		if databaseType == "TIMESTAMP_NS" {
			r.plain += " AND EPOCH_NS(" + x + ") % 1000 = 0" // Go counts the digits that are cut
		}
	case "DATE":
		value, span = "TRY_CAST("+x+" AS TIMESTAMP)", microsOfADay
		if d.Column.Kind == contract.DayEnd {
			value += " + TO_MICROSECONDS(" + microsOfADay + ")"
		}
		r.plain = x + " BETWEEN " + oldestDay + " AND " + newestDay
		if d.Days != time.UTC {
			r.plain = never
		}
	case "VARCHAR":
		value, r.mayBeEmpty = "TRY_CAST("+x+" AS TIMESTAMP)", true
		r.plain = instantText(x, value)
	default:
		return r, false
	}
	r.values = []string{value}
	if d.Column.Kind != contract.Instant {
		r.values = append(r.values, "CASE WHEN "+x+" IS NOT NULL THEN CAST("+span+" AS BIGINT) END")
		if r.mayBeEmpty {
			r.values[1] = "CASE WHEN " + x + " <> '' THEN CAST(" + span + " AS BIGINT) END"
		}
	}
	return r, true
}

// instantText proves that a text is an instant of UTC as value has it: it is what the engine writes
// for the value, in the form that texts of this length have. The cast alone would take 24:00, one
// digit for two, and any zone for UTC.
func instantText(x, value string) string {
	reads := func(form string) string { return "STRFTIME(" + value + ", '" + form + "') = " + x }
	return "(" + x + " >= " + oldestText + " AND CASE STRLEN(" + x + ")" +
		" WHEN 20 THEN " + reads("%Y-%m-%dT%H:%M:%SZ") +
		" WHEN 24 THEN " + reads("%Y-%m-%dT%H:%M:%S.%gZ") +
		" WHEN 27 THEN " + reads("%Y-%m-%dT%H:%M:%S.%fZ") + " ELSE FALSE END)"
}

// dateRule holds for dates, and for their text in ISO 8601.
func dateRule(d declaration, x, databaseType string) (r filledRule, isCertain bool) {
	oldest := oldestDay
	if d.Column.SinceEver {
		oldest = eldestDay
	}
	switch {
	case len(d.Patterns) > 0:
		return r, false
	case databaseType == "DATE":
		return filledRule{values: []string{x}, plain: x + " BETWEEN " + oldest + " AND " + newestDay}, true
	case databaseType == "VARCHAR":
		value := "TRY_CAST(" + x + " AS DATE)"
		return filledRule{values: []string{value}, mayBeEmpty: true,
			plain: "(STRFTIME(" + value + ", '%Y-%m-%d') = " + x + " AND " + value + " BETWEEN " + oldest + " AND " + newestDay + ")"}, true
	}
	return r, false
}
