package value

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A Rule says how the text of one column becomes a value: the kind of the contract, and what the
// configuration declares.
type Rule struct {
	Column   contract.Column
	Patterns []*TimePattern // of times and dates, tried in order; none: ISO 8601
	epoch    int            // decimals of the unit of a number since 1970: 0, 3 or 6; -1: times are not numbers
	midnight bool           // 00:00:00 stands for a date without a time
	Local    *time.Location // of local times; nil: none declared
	Days     *time.Location // of dates without a time: the reporting zone
	prefer   string         // earlier or later, of local times that clocks show twice
	Marks    Marks
	numbers  numberWriting // beyond its marks
	invert   bool          // of a rate: it is given the other way round
	long     bool          // ids of Salesforce get 18 characters
	nulls    []string      // words that mean an empty cell
	words    map[string]string
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
	d := Rule{Column: column, prefer: given.LocalTime, Yes: given.True, No: given.False, Days: days, epoch: -1,
		midnight: given.Midnight == "date", invert: given.Invert, long: given.ID == 18, nulls: given.Nulls, words: given.Words,
		numbers: numberWriting{strip: texts(given.Strip), suffixes: given.Suffixes, brackets: given.Brackets, exponent: given.Exponent()},
		Marks:   Marks{Decimal: []byte("."), Thousands: []byte(given.Thousands)}}
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
	if wrong := misplaced(column, given); wrong != "" {
		return usage("%s", wrong)
	}
	for _, format := range given.Format {
		pattern, err := compilePattern(format, where)
		if err != nil {
			return d, err
		}
		if column.Kind == contract.Date && pattern.zoned {
			return usage("format %q has a zone, and a date is never shifted by one", format)
		}
		d.Patterns = append(d.Patterns, pattern)
	}
	if given.Epoch != "" {
		d.epoch = map[string]int{"s": 0, "ms": 3, "us": 6}[given.Epoch]
	}
	return d, d.zones(where, given.TimeZone, tableZone, inputZone)
}

// TextRule is the rule of a column whose text is taken as it is, but for words that mean an empty
// cell.
func TextRule(column contract.Column, nulls []string) Rule {
	return Rule{Column: column, epoch: -1, nulls: nulls}
}

// misplaced says which declaration does not belong to the kind of a column, "" if all of them do.
func misplaced(column contract.Column, given config.Column) string {
	isNumber := column.Kind == contract.Money || column.Kind == contract.Micros || column.Kind == contract.Rate || column.Kind == contract.Whole
	switch {
	case len(given.Format) > 0 && !column.Kind.IsTime():
		return "has a format, which only times and dates have"
	case given.Epoch != "" && !column.Kind.IsTime():
		return "has an epoch, which only times and dates have"
	case given.Midnight != "" && !column.Kind.IsTime():
		return "has midnight, which only times and dates have"
	case (len(given.Strip) > 0 || given.Suffixes || given.Brackets || given.Scale != "") && !isNumber:
		return "has strip, suffixes, brackets or scale, which only numbers have"
	case given.Invert && column.Kind != contract.Rate:
		return "has invert, which only rates have"
	case given.ID != 0 && column.Kind != contract.ID:
		return "has id: 18, which only ids have"
	}
	return ""
}

func texts(words []string) [][]byte {
	var all [][]byte
	for _, word := range words {
		if word == "" {
			continue
		}
		all = append(all, []byte(word))
	}
	return all
}

// IsPlain reports whether values are written as they are without any declaration, but for formats,
// marks and words of a boolean: the engine can type them.
func (d Rule) IsPlain() bool {
	return d.epoch < 0 && !d.midnight && !d.invert && !d.long && len(d.nulls) == 0 && len(d.words) == 0 && d.numbers.isPlain()
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
