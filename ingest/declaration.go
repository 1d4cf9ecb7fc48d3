package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tributary/internal/config"
	"tributary/internal/contract"
	"tributary/internal/failure"
)

// A declaration is what the configuration says of one column, checked and ready for use.
type declaration struct {
	column   contract.Column
	from     string // header in the file
	mapped   bool   // the configuration names that header, so it has to be there
	constant []byte // the same for every row; nil: none
	pattern  *pattern
	local    *time.Location // of local times; nil: none declared
	days     *time.Location // of dates without a time: the reporting zone
	prefer   string         // earlier or later
	marking  marking
	yes, no  []string
	isNumber bool // the column is one of numbers and not of text, as Parquet has them: the marks are those of the engine
}

// The words of columns that declare none.
var (
	defaultYes = []string{"true", "1"}
	defaultNo  = []string{"false", "0"}
)

// declare checks what the configuration says of a table. All its errors are errors of the configuration.
func declare(t contract.Table, source config.Source, opt readOptions) ([]declaration, error) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	for _, name := range slices.Sorted(maps.Keys(source.Columns)) {
		if !slices.Contains(names, name) {
			return nil, failure.Errorf(failure.Usage, "tables.%s.columns: %s has no column %q%s", t.Name, t.Name, name, hint(name, names))
		}
	}
	declared := make([]declaration, len(t.Columns))
	for i, column := range t.Columns {
		d, err := declareColumn(fmt.Sprintf("tables.%s.columns.%s", t.Name, column.Name), column, source, opt)
		if err != nil {
			return nil, err
		}
		declared[i] = d
	}
	return declared, nil
}

func declareColumn(where string, column contract.Column, source config.Source, opt readOptions) (declaration, error) {
	given := source.Columns[column.Name]
	d := declaration{column: column, from: given.From, mapped: given.From != "", prefer: given.LocalTime,
		yes: given.True, no: given.False,
		marking: marking{decimal: []byte("."), thousands: []byte(given.Thousands)}}
	usage := func(format string, args ...any) (declaration, error) {
		return d, failure.Errorf(failure.Usage, "%s: %s", where, fmt.Sprintf(format, args...))
	}
	if d.from == "" {
		d.from = column.Name
	}
	if given.Value != "" {
		if d.mapped {
			return usage("from and value cannot both be given")
		}
		d.constant = []byte(given.Value)
	}
	if given.Decimal != "" {
		d.marking.decimal = []byte(given.Decimal)
	}
	if given.Decimal+given.Thousands != "" {
		if problem := d.marking.problem(); problem != "" {
			return usage("%s", problem)
		}
	}
	if !slices.Contains([]string{"", "earlier", "later"}, d.prefer) {
		return usage("local_time is %q, and can be earlier or later", d.prefer)
	}
	if len(d.yes) == 0 {
		d.yes = defaultYes
	}
	if len(d.no) == 0 {
		d.no = defaultNo
	}
	for _, word := range d.yes {
		if slices.Contains(d.no, word) {
			return usage("%q is both true and false", word)
		}
	}
	if given.Format != "" {
		var err error
		if !column.Kind.IsTime() {
			return usage("has a format, which only times and dates have")
		}
		if d.pattern, err = compilePattern(given.Format, where); err != nil {
			return d, err
		}
		if column.Kind == contract.Date && d.pattern.zoned {
			return usage("format %q has a zone, and a date is never shifted by one", given.Format)
		}
	}
	return d, d.zones(where, given, source, opt)
}

// zones finds the zone of local times (column, table, job). A date without a time is a day of the reporting zone whatever these
// zones are: in any other zone its bounds would lie partly on the day before or after it, and so would its month and its rate.
func (d *declaration) zones(where string, given config.Column, source config.Source, opt readOptions) (err error) {
	for _, zone := range []struct{ name, where string }{
		{given.TimeZone, where + ".time_zone"}, {source.TimeZone, "time_zone of the table"}, {opt.InputZone, "time_zone"},
	} {
		if zone.name != "" {
			if d.local, err = loadZone(zone.name, zone.where); err != nil {
				return err
			}
			break
		}
	}
	if d.days = opt.ReportingZone; d.days == nil {
		d.days = time.UTC
	}
	if d.constant != nil {
		c := newCell(*d)
		if reason := c.read(d.constant); reason != "" {
			return failure.Errorf(failure.Usage, "%s: value %q %s", where, d.constant, reason)
		}
	}
	return nil
}

func (k marking) problem() string {
	switch bad := "0123456789-"; {
	case string(k.decimal) == string(k.thousands):
		return fmt.Sprintf("decimal and thousands are both %q", k.decimal)
	case strings.ContainsAny(string(k.decimal), bad) || strings.ContainsAny(string(k.thousands), bad):
		return "decimal and thousands cannot hold a digit or a minus"
	}
	return ""
}
