package value

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tributary/internal/config"
	"tributary/internal/contract"
	"tributary/internal/failure"
)

// A Rule says how the text of one column becomes a value: the kind of the contract, and what the
// configuration declares.
type Rule struct {
	Column   contract.Column
	Pattern  *TimePattern   // of times and dates; nil: ISO 8601
	Local    *time.Location // of local times; nil: none declared
	Days     *time.Location // of dates without a time: the reporting zone
	prefer   string         // earlier or later, of local times that clocks show twice
	Marks    Marks
	Yes, No  []string
	IsNumber bool // the column is one of numbers and not of text, as Parquet has them: the marks are those of the engine
}

// The words of columns that declare none.
var (
	DefaultYes = []string{"true", "1"}
	DefaultNo  = []string{"false", "0"}
)

// NewRule checks what the configuration says of the values of a column. tableZone and inputZone,
// which may be empty, are the IANA names of the zone of local times where the column declares none;
// days is the zone of dates without a time, nil for UTC. Every error is one of the configuration,
// and begins with where.
func NewRule(where string, column contract.Column, given config.Column, tableZone, inputZone string, days *time.Location) (Rule, error) {
	d := Rule{Column: column, prefer: given.LocalTime, Yes: given.True, No: given.False, Days: days,
		Marks: Marks{Decimal: []byte("."), Thousands: []byte(given.Thousands)}}
	usage := func(format string, args ...any) (Rule, error) {
		return d, failure.Errorf(failure.Usage, "%s: %s", where, fmt.Sprintf(format, args...))
	}
	if given.Decimal != "" {
		d.Marks.Decimal = []byte(given.Decimal)
	}
	if given.Decimal+given.Thousands != "" {
		if problem := d.Marks.problem(); problem != "" {
			return usage("%s", problem)
		}
	}
	if !slices.Contains([]string{"", "earlier", "later"}, d.prefer) {
		return usage("local_time is %q, and can be earlier or later", d.prefer)
	}
	if len(d.Yes) == 0 {
		d.Yes = DefaultYes
	}
	if len(d.No) == 0 {
		d.No = DefaultNo
	}
	for _, word := range d.Yes {
		if slices.Contains(d.No, word) {
			return usage("%q is both true and false", word)
		}
	}
	if given.Format != "" {
		var err error
		if !column.Kind.IsTime() {
			return usage("has a format, which only times and dates have")
		}
		if d.Pattern, err = compilePattern(given.Format, where); err != nil {
			return d, err
		}
		if column.Kind == contract.Date && d.Pattern.zoned {
			return usage("format %q has a zone, and a date is never shifted by one", given.Format)
		}
	}
	return d, d.zones(where, given.TimeZone, tableZone, inputZone)
}

// zones finds the zone of local times (column, table, job). A date without a time is a day of the
// reporting zone whatever these zones are: in any other zone its bounds would lie partly on the day
// before or after it, and so would its month and its rate.
func (d *Rule) zones(where, columnZone, tableZone, inputZone string) (err error) {
	for _, zone := range []struct{ name, where string }{
		{columnZone, where + ".time_zone"}, {tableZone, "time_zone of the table"}, {inputZone, "time_zone"},
	} {
		if zone.name != "" {
			if d.Local, err = LoadZone(zone.name, zone.where); err != nil {
				return err
			}
			break
		}
	}
	if d.Days == nil {
		d.Days = time.UTC
	}
	return nil
}

func (k Marks) problem() string {
	switch bad := "0123456789-"; {
	case string(k.Decimal) == string(k.Thousands):
		return fmt.Sprintf("decimal and thousands are both %q", k.Decimal)
	case strings.ContainsAny(string(k.Decimal), bad) || strings.ContainsAny(string(k.Thousands), bad):
		return "decimal and thousands cannot hold a digit or a minus"
	}
	return ""
}
