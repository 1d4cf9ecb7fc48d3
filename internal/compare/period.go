package compare

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

const aDay = 24 * time.Hour

// A span is a stretch of days: the first one, and the first one after it. Zero: without a bound.
type span struct {
	kind, label string // kind is a type of period of the calendar; empty: two days of the caller's choice
	from, next  time.Time
}

// PeriodNames are the periods that have a name, relative to as-of.
func PeriodNames() []string {
	var names []string
	for _, which := range []string{"last-", "this-"} {
		for _, kind := range alignment.PeriodTypes[1:] {
			names = append(names, which+kind)
		}
	}
	return names
}

// labelled are the forms of labels, as the reports print them.
var labelled = map[string]*regexp.Regexp{
	"week": regexp.MustCompile(`^\d{4}-W\d\d$`), "month": regexp.MustCompile(`^\d{4}-\d\d$`),
	"quarter": regexp.MustCompile(`^\d{4}-Q\d$`), "year": regexp.MustCompile(`^\d{4}$`),
	"fiscal-quarter": regexp.MustCompile(`^FY\d{4}-Q\d$`), "fiscal-year": regexp.MustCompile(`^FY\d{4}$`),
}

// spanOf reads --period: a name, a label, or two days.
func spanOf(text string, calendar alignment.Calendar, asOf time.Time) (span, error) {
	if which, kind, found := strings.Cut(text, "-"); found && (which == "last" || which == "this") {
		for _, known := range alignment.PeriodTypes[1:] {
			if kind == known {
				p := calendar.Period(kind, asOf)
				if which == "last" {
					p = calendar.Period(kind, p.From.Add(-aDay))
				}
				return span{kind, p.Label, p.From, p.Next}, nil
			}
		}
	}
	if first, last, found := strings.Cut(text, ".."); found {
		return daysOf(first, last)
	}
	label := asLabel(text)
	for _, kind := range alignment.PeriodTypes[1:] {
		if !labelled[kind].MatchString(label) {
			continue
		}
		year, _ := strconv.Atoi(strings.TrimPrefix(label, "FY")[:4])
		for at := time.Date(year-1, time.January, 1, 0, 0, 0, 0, time.UTC); at.Year() <= year+1; {
			p := calendar.Period(kind, at)
			if asLabel(p.Label) == label {
				return span{kind, p.Label, p.From, p.Next}, nil
			}
			at = p.Next
		}
	}
	return span{}, failure.Errorf(failure.Usage, "--period: %q is not a period%s\nhint: write last-quarter, this-year or another of %s; a label such as 2025, 2025-Q3, 2025-03, 2025-W14, FY2025 or FY2025-Q3; or two days, such as 2025-01-01..2025-03-31",
		text, words.DidYouMean(text, PeriodNames()), strings.Join(PeriodNames(), ", "))
}

// asLabel writes a label in one way: `2025 Q3` of reports and `2025-q3` of a command line are the
// same.
func asLabel(text string) string { return strings.ToUpper(strings.ReplaceAll(text, " ", "-")) }

// daysOf is the stretch from one day to another, both included.
func daysOf(first, last string) (span, error) {
	from, err := config.Date(first)
	if err != nil {
		return span{}, failure.Errorf(failure.Usage, "--period: %w\nhint: write two days, such as 2025-01-01..2025-03-31", err)
	}
	to, err := config.Date(last)
	if err != nil {
		return span{}, failure.Errorf(failure.Usage, "--period: %w\nhint: write two days, such as 2025-01-01..2025-03-31", err)
	}
	if to.Before(from) {
		return span{}, failure.Errorf(failure.Usage, "--period: it ends on %s, before it begins on %s\nhint: write the first day first", last, first)
	}
	return span{label: first + ".." + last, from: from, next: to.Add(aDay)}, nil
}

// days is the number of days.
func (s span) days() int { return int(s.next.Sub(s.from) / aDay) }

// last is the last day.
func (s span) last() time.Time { return s.next.Add(-aDay) }

// before is the period before: the one of the same type, or the same number of days.
func (s span) before(calendar alignment.Calendar) span {
	if s.kind == "" {
		return daysBetween(s.from.AddDate(0, 0, -s.days()), s.from)
	}
	p := calendar.Period(s.kind, s.from.Add(-aDay))
	return span{s.kind, p.Label, p.From, p.Next}
}

// yearAgo is the same period a year ago: the same month or quarter, the week 52 weeks earlier, or
// the same days of the year. Of a year it is the period before, and there is no other.
func (s span) yearAgo(calendar alignment.Calendar) (earlier span, isOther bool) {
	switch s.kind {
	case "year", "fiscal-year":
		return span{}, false
	case "":
		return daysBetween(s.from.AddDate(-1, 0, 0), s.next.AddDate(-1, 0, 0)), true
	}
	at := s.from.AddDate(-1, 0, 0)
	if s.kind == "week" {
		at = s.from.AddDate(0, 0, -52*7)
	}
	p := calendar.Period(s.kind, at)
	return span{s.kind, p.Label, p.From, p.Next}, true
}

func daysBetween(from, next time.Time) span {
	s := span{from: from, next: next}
	s.label = from.Format(time.DateOnly) + ".." + s.last().Format(time.DateOnly)
	return s
}

// cut is the first days of a period, at most as many as it has.
func (s span) cut(days int) span {
	if days < s.days() {
		s.next = s.from.AddDate(0, 0, days)
	}
	return s
}
