package value_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// typed reads text as a cell of that kind, and shows what it became, or the reason why not.
func typed(t testing.TB, kind contract.Kind, given config.Column, zone, text string) string {
	t.Helper()
	return typedOn(t, kind, given, zone, time.UTC, text)
}

// typedOn is typed with a reporting zone other than UTC.
func typedOn(t testing.TB, kind contract.Kind, given config.Column, zone string, reporting *time.Location, text string) string {
	t.Helper()
	rule, err := value.NewRule("c", contract.Column{Name: "c", Kind: kind}, given, "", zone, reporting)
	if err != nil {
		t.Fatal(err)
	}
	c := value.NewReader(rule)
	reason := c.Read([]byte(text))
	switch {
	case reason != "":
		return reason
	case c.Null:
		return "null"
	case kind == contract.Instant || kind == contract.DayEnd:
		return time.UnixMicro(c.Whole).UTC().Format("2006-01-02T15:04:05.999999")
	case kind == contract.Date:
		return time.Unix(c.Whole*86400, 0).UTC().Format(time.DateOnly)
	case kind == contract.Money || kind == contract.Rate:
		return fmt.Sprintf("%de-%d", c.Whole, c.Scale)
	case kind == contract.Micros || kind == contract.Whole || kind == contract.Bool:
		return fmt.Sprint(c.Whole)
	}
	return string(c.Text)
}

// formats is one format, or none.
func formats(format string) config.Texts {
	if format == "" {
		return nil
	}
	return config.Texts{format}
}

func TestInstants(t *testing.T) {
	const berlin, york = "Europe/Berlin", "America/New_York"
	earlier, later := config.Column{LocalTime: "earlier"}, config.Column{LocalTime: "later"}
	skipped := func(zone string) string {
		return "is skipped by the clocks of " + zone + "; declare local_time: earlier or later"
	}
	twice := func(zone string) string {
		return "is shown twice by the clocks of " + zone + "; declare local_time: earlier or later"
	}
	for _, test := range []struct {
		kind       contract.Kind
		given      config.Column
		zone       string
		text, want string
	}{
		{text: "2025-03-01T09:30:00Z", want: "2025-03-01T09:30:00"},
		{text: "2025-03-01 09:30Z", want: "2025-03-01T09:30:00"},
		{text: "2025-03-01T09:30:00.123456+05:30", want: "2025-03-01T04:00:00.123456"},
		{text: "2025-03-01T09:30:00.1000000000-0800", want: "2025-03-01T17:30:00.1"},
		{text: "2025-03-01T09:30:00-08", want: "2025-03-01T17:30:00"},
		{text: "2025-03-01T09:30:00.1234567Z", want: "2025-03-01T09:30:00.123456"},
		{text: "2025-03-01T09:30:00.999999999Z", want: "2025-03-01T09:30:00.999999"},
		{text: "2025-03-01T09:30:00.123456789000Z", want: "2025-03-01T09:30:00.123456"},
		{text: "2025-03-01T09:30:00.1234567891Z", want: "has more than nine digits of a second; export at most nine"},
		{text: "2025-03-01 09:30:00", want: value.ReasonNoZone},
		{text: "2025-03-01 09:30:00", zone: berlin, want: "2025-03-01T08:30:00"},
		{text: "2025-07-01 09:30:00", zone: berlin, want: "2025-07-01T07:30:00"},
		{text: "2024-02-29", want: "2024-02-29T00:00:00"},
		{text: "2025-03-01T09:30:00Z", zone: york, kind: contract.DayEnd, want: "2025-03-01T09:30:00"},
		{text: "9999-12-31T00:00:00Z", want: "9999-12-31T00:00:00"},
		// Berlin skips 02:00 to 03:00 on 30 March 2025 and shows it twice on 26 October 2025.
		{text: "2025-03-30 02:30:00", zone: berlin, want: skipped(berlin)},
		{text: "2025-03-30 02:30:00", zone: berlin, given: earlier, want: "2025-03-30T00:30:00"},
		{text: "2025-03-30 02:30:00", zone: berlin, given: later, want: "2025-03-30T01:30:00"},
		{text: "2025-03-30 01:59:59", zone: berlin, want: "2025-03-30T00:59:59"},
		{text: "2025-03-30 03:00:00", zone: berlin, want: "2025-03-30T01:00:00"},
		{text: "2025-10-26 02:00:00", zone: berlin, want: twice(berlin)},
		{text: "2025-10-26 02:59:59", zone: berlin, want: twice(berlin)},
		{text: "2025-10-26 02:30:00", zone: berlin, given: earlier, want: "2025-10-26T00:30:00"},
		{text: "2025-10-26 02:30:00", zone: berlin, given: later, want: "2025-10-26T01:30:00"},
		{text: "2025-10-26 03:00:00", zone: berlin, want: "2025-10-26T02:00:00"},
		{text: "2025-10-26T02:30:00+02:00", zone: berlin, want: "2025-10-26T00:30:00"},
		// Samoa skipped 30 December 2011.
		{text: "2011-12-30 12:00:00", zone: "Pacific/Apia", want: skipped("Pacific/Apia")},
		{text: "2011-12-31 00:00:00", zone: "Pacific/Apia", want: "2011-12-30T10:00:00"},
		// 2100 is no leap year; zones go on by their last rule.
		{text: "2100-07-01 00:00:00", zone: berlin, want: "2100-06-30T22:00:00"},
		{text: "1970-01-01T00:00:00Z", want: value.ReasonSentinel},
		{text: "1989-12-31", want: value.ReasonSentinel},
		{text: "0001-01-01", want: value.ReasonSentinel},
		{text: "0000-00-00", want: value.ReasonSentinel},
		{text: "2024-13-01", want: value.ReasonNotISO},
		{text: "2025-02-30", want: value.ReasonNotISO},
		{text: "2100-02-29", want: value.ReasonNotISO},
		{text: "2025-03-01T24:00:00Z", want: value.ReasonNotISO},
		{text: "2025-03-01T23:59:60Z", want: value.ReasonNotISO},
		{text: "10000-01-01", want: value.ReasonNotISO},
		{text: "03/04/2025", want: value.ReasonNotISO},
		{text: "45717", want: value.ReasonNotISO},
		{text: "45717.39583", want: value.ReasonNotISO},
		{text: "2025-3-1", want: value.ReasonNotISO},
		{text: "2025-03-01T9:30:00Z", want: value.ReasonNotISO},
		{text: "2025-03-01 ", want: value.ReasonNotISO},
		{text: " 2025-03-01", want: value.ReasonNotISO},
		{text: "2025-03-01T", want: value.ReasonNotISO},
		{text: "2025-03-01t09:30:00z", want: value.ReasonNotISO},
		{text: "2025-03-01T09:30:00 Z", want: value.ReasonNotISO},
		{text: "2025-03-01T09:30:00.Z", want: value.ReasonNotISO},
		{text: "2025-03-01T09:30:", want: value.ReasonNotISO},
		{text: "2025-03-01T09:30:00+25", want: value.ReasonNotISO},
		{text: "2025-03-01T09:30:00+01:60", want: value.ReasonNotISO},
		{text: "2025-03-01T09:30:00+1", want: value.ReasonNotISO},
		{text: "2025-03-01 junk", want: value.ReasonNotISO},
		{text: "infinity", want: value.ReasonNotISO},
		{text: "", want: "null"},
	} {
		if test.kind != contract.DayEnd {
			test.kind = contract.Instant
		}
		if got := typed(t, test.kind, test.given, test.zone, test.text); got != test.want {
			t.Errorf("%q in %q: %s, want %s", test.text, test.zone, got, test.want)
		}
	}
}

// A date without a time is that day of the reporting zone. The zone of the job or of the column
// moves times alone.
func TestBareDatesAreDaysOfTheReportingZone(t *testing.T) {
	for _, test := range []struct {
		kind       contract.Kind
		reporting  string
		given      config.Column
		text, want string
	}{
		{kind: contract.Instant, reporting: "UTC", text: "2025-03-31", want: "2025-03-31T00:00:00"},
		{kind: contract.DayEnd, reporting: "UTC", text: "2025-03-31", want: "2025-03-31T23:59:59.999999"},
		{kind: contract.Instant, reporting: "America/New_York", text: "2024-02-29", want: "2024-02-29T05:00:00"},
		{kind: contract.DayEnd, reporting: "America/New_York", text: "2024-02-29", want: "2024-03-01T04:59:59.999999"},
		{kind: contract.DayEnd, reporting: "America/New_York", given: config.Column{TimeZone: "Asia/Tokyo"}, text: "2024-02-29", want: "2024-03-01T04:59:59.999999"},
		{kind: contract.DayEnd, reporting: "America/New_York", given: config.Column{Format: config.Texts{"%d.%m.%Y"}}, text: "29.02.2024", want: "2024-03-01T04:59:59.999999"},
		{kind: contract.Instant, reporting: "America/New_York", given: config.Column{Format: config.Texts{"%d.%m.%Y"}, TimeZone: "Asia/Tokyo"}, text: "29.02.2024", want: "2024-02-29T05:00:00"},
		// Santiago skips 00:00 to 01:00 on 7 September 2025, and shows 23:00 to 24:00 of 5 April
		// 2025 twice.
		{kind: contract.Instant, reporting: "America/Santiago", text: "2025-09-07", want: "2025-09-07T04:00:00"},
		{kind: contract.Instant, reporting: "America/Santiago", given: config.Column{LocalTime: "later"}, text: "2025-09-07", want: "2025-09-07T04:00:00"},
		{kind: contract.DayEnd, reporting: "America/Santiago", text: "2025-09-07", want: "2025-09-08T02:59:59.999999"},
		{kind: contract.DayEnd, reporting: "America/Santiago", text: "2025-09-06", want: "2025-09-07T03:59:59.999999"},
		{kind: contract.DayEnd, reporting: "America/Santiago", text: "2025-04-05", want: "2025-04-06T03:59:59.999999"},
		{kind: contract.Instant, reporting: "America/Santiago", text: "2025-04-06", want: "2025-04-06T04:00:00"},
	} {
		reporting, err := value.LoadZone(test.reporting, "the test")
		if err != nil {
			t.Fatal(err)
		}
		for _, zone := range []string{"", "America/Chicago", "Pacific/Kiritimati"} {
			if got := typedOn(t, test.kind, test.given, zone, reporting, test.text); got != test.want {
				t.Errorf("%q of a job in %q with %+v, reported in %s: %s, want %s", test.text, zone, test.given, test.reporting, got, test.want)
			}
		}
	}
}

func TestDeclaredFormats(t *testing.T) {
	for _, test := range []struct {
		kind               contract.Kind
		format, text, want string
	}{
		{contract.Date, "%d/%m/%Y", "03/04/2025", "2025-04-03"},
		{contract.Date, "%m/%d/%Y", "3/4/2025", "2025-03-04"},
		{contract.Date, "%m/%d/%y", "3/4/25", "2025-03-04"},
		{contract.Date, "%d.%m.%y", "3.4.99", "1999-04-03"},
		{contract.Date, "%d.%m.%y", "3.4.70", value.ReasonSentinel},
		{contract.Date, "%Y%m%d", "20250304", "2025-03-04"},
		{contract.Date, "%Y%m%d", "2025034", "does not match the declared format %Y%m%d"},
		{contract.Date, "%d %b %Y", "4 mar 2025", "2025-03-04"},
		{contract.Date, "%B %e, %Y", "March  4, 2025", "2025-03-04"},
		{contract.Date, "%B %e, %Y", "Marsh  4, 2025", "does not match the declared format %B %e, %Y"},
		{contract.Date, "%d/%m/%Y", "30/02/2025", "does not match the declared format %d/%m/%Y"},
		{contract.Date, "%d/%m/%Y", "03/04/2025 ", "does not match the declared format %d/%m/%Y"},
		{contract.Date, "%d/%m/%Y %H:%M", "03/04/2025 09:30", "2025-04-03"},
		{contract.Instant, "%m/%d/%Y %I:%M %p", "3/4/2025 9:05 PM", "2025-03-04T20:05:00"},
		{contract.Instant, "%m/%d/%Y %I:%M %p", "3/4/2025 12:05 am", "2025-03-03T23:05:00"},
		{contract.Instant, "%m/%d/%Y %I:%M %p", "3/4/2025 13:05 PM", "does not match the declared format %m/%d/%Y %I:%M %p"},
		{contract.Instant, "%Y-%m-%dT%H:%M:%S.%f%z", "2025-03-04T09:30:00.25+0200", "2025-03-04T07:30:00.25"},
		{contract.Instant, "%Y-%m-%d %H:%M:%S.%f%z", "2025-03-04 09:30:00.1234567Z", "2025-03-04T09:30:00.123456"},
		{contract.Instant, "%Y-%m-%d %H:%M:%S.%f%z", "2025-03-04 09:30:00.1234567891Z", value.ReasonTooFine},
		{contract.Instant, "%Y-%m-%dT%H:%M:%S%z", "2025-03-04T09:30:00Z", "2025-03-04T09:30:00"},
		{contract.Instant, "%Y-%m-%d %H:%M:%S 100%%", "2025-03-04 09:30:00 100%", "2025-03-04T08:30:00"},
		{contract.Instant, "%d/%m/%Y", "03/04/2025", "2025-04-03T00:00:00"},
		{contract.DayEnd, "%d/%m/%Y", "03/04/2025", "2025-04-03T23:59:59.999999"},
		{contract.Date, "", "2025-03-04", "2025-03-04"},
		{contract.Date, "", "2025-03-04T00:00:00Z", value.ReasonNotISODate},
		{contract.Date, "", "2025-02-29", value.ReasonNotISODate},
		{contract.Date, "", "0000-00-00", value.ReasonSentinel},
	} {
		if got := typed(t, test.kind, config.Column{Format: formats(test.format)}, "Europe/Berlin", test.text); got != test.want {
			t.Errorf("%q as %q: %s, want %s", test.text, test.format, got, test.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	const notGerman = value.ReasonNotNumber + `; it does not fit the declared decimal: ",", thousands: "."`
	const alike, american = "; write the whole column in one way", `, but would fit decimal: "."`
	german, french := config.Column{Decimal: ",", Thousands: "."}, config.Column{Decimal: ",", Thousands: "\u202f"}
	for _, test := range []struct {
		kind       contract.Kind
		given      config.Column
		text, want string
	}{
		{kind: contract.Money, text: "1234.50", want: "12345e-1"},
		{kind: contract.Money, text: "-5", want: "-5e-0"},
		{kind: contract.Money, text: "-0.00", want: "0e-0"},
		{kind: contract.Money, text: "007.010", want: "701e-2"},
		{kind: contract.Money, text: "9223372036854775807", want: "9223372036854775807e-0"},
		{kind: contract.Money, text: "9223372036854775808", want: value.ReasonTooLarge},
		{kind: contract.Money, text: "1.0000000000000000000000000000", want: "1e-0"},
		{kind: contract.Money, text: "0.0000000000000000001", want: value.ReasonTooLarge},
		{kind: contract.Money, text: "1234567890123456789012345678901234567890", want: value.ReasonTooLarge},
		{kind: contract.Money, text: "1.234,56", given: german, want: "123456e-2"},
		{kind: contract.Money, text: "1234,56", given: german, want: "123456e-2"},
		{kind: contract.Money, text: "1.234.567", given: german, want: "1234567e-0"},
		{kind: contract.Money, text: "12.34", given: german, want: notGerman + american + alike},
		{kind: contract.Money, text: "1234.567", given: german, want: notGerman + american + alike},
		{kind: contract.Money, text: "1.2345", given: german, want: notGerman + american + alike},
		{kind: contract.Money, text: ".123", given: german, want: value.ReasonNotNumber + "; write 144 for 144. and 0.5 for .5"},
		{kind: contract.Money, text: "1.234.", given: german, want: value.ReasonNotNumber + "; write 144 for 144. and 0.5 for .5"},
		{kind: contract.Money, text: "1,234.567", given: german, want: notGerman + american + `, thousands: ","` + alike},
		{kind: contract.Money, text: "12.34,5", given: german, want: notGerman},
		{kind: contract.Money, text: "1.234,50", given: config.Column{Decimal: ","}, want: value.ReasonNotNumber + `; declare thousands: "." under columns, next to decimal`},
		{kind: contract.Money, text: "1,234.50", given: config.Column{Decimal: "."}, want: value.ReasonNotNumber + `; declare thousands: "," under columns`},
		{kind: contract.Money, text: "1\u00a0234,5", given: french, want: value.ReasonNotNumber + `; it does not fit the declared ` +
			`decimal: ",", thousands: "\u202f", but would fit decimal: ",", thousands: "\u00a0"` + alike},
		{kind: contract.Money, text: "-1\u202f234,5", given: french, want: "-12345e-1"},
		{kind: contract.Micros, text: "0.000001", want: "1"},
		{kind: contract.Micros, text: "0.0000010", want: "1"},
		{kind: contract.Micros, text: "0.0000001", want: value.ReasonNotMicros},
		{kind: contract.Micros, text: "-12.5", want: "-12500000"},
		{kind: contract.Micros, text: "9223372036854.775807", want: "9223372036854775807"},
		{kind: contract.Micros, text: "9223372036855", want: value.ReasonTooLarge},
		{kind: contract.Rate, text: "1.0850", want: "1085e-3"},
		{kind: contract.Rate, text: "0", want: value.ReasonNotRate},
		{kind: contract.Rate, text: "-1", want: value.ReasonNotRate},
		{kind: contract.Whole, text: "42", want: "42"},
		{kind: contract.Whole, text: "42.0", want: value.ReasonNotWhole},
		{kind: contract.Bool, text: "true", want: "1"},
		{kind: contract.Bool, text: "0", want: "0"},
		{kind: contract.Bool, text: "", want: "null"},
		{kind: contract.Bool, text: "TRUE", want: "is neither true, 1 nor false, 0; declare true and false under columns"},
		{kind: contract.Currency, text: "EUR", want: "EUR"},
		{kind: contract.Currency, text: "eur", want: value.ReasonNotCurrency},
		{kind: contract.Currency, text: "D A", want: value.ReasonNotCurrency},
		{kind: contract.Currency, text: "ZZZ", want: value.ReasonNotCurrency},
		{kind: contract.Email, text: " ÄNN@Example.com\t", want: "änn@example.com"},
		{kind: contract.Email, text: "  ", want: "null"},
		{kind: contract.ID, text: " 00012345678901234567890 ", want: " 00012345678901234567890 "},
		{kind: contract.ID, text: "x'); COPY (SELECT 1) TO 'p'; --", want: "x'); COPY (SELECT 1) TO 'p'; --"},
	} {
		if got := typed(t, test.kind, test.given, "", test.text); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
	const (
		empty   = "leave the cell empty if there is no number"
		letters = "list the sign or letters around the number under strip, or set suffixes: true for K, M and B"
		blanks  = "list the blank under strip, or export it without the blanks around it"
		sign    = "write a minus in front of the number, or no sign"
		atEnd   = "write 144 for 144. and 0.5 for .5"
		unread  = "export it as a plain decimal"
	)
	for text, remedy := range map[string]string{
		"1.234,56": `declare decimal: ",", thousands: "." under columns`, "1,5": `declare decimal: "," under columns`,
		"1,234": `declare thousands: "," under columns, or decimal: ",", depending on what it means`, "1.234.567": `declare decimal: ",", thousands: "." under columns`,
		"1,234.50": `declare thousands: "," under columns`, "1'234.50": `declare thousands: "'" under columns`,
		"1\u00a0234,56": `declare decimal: ",", thousands: "\u00a0" under columns`, "1 234": `declare thousands: " " under columns`,
		"1_000": unread, "1\u2019000": unread, "1\u2009000": unread,
		"$1,234.50": letters, "$1,234": letters, "1.2K": letters, "$1,117.10K": letters, "R$ 100.000": letters, "1e3": "export it without an exponent, which no setting reads", "0x10": letters, "5%": letters,
		"(500.00)": "if brackets mean a negative number, set brackets: true", "+1": sign, "--1": sign, "1-": sign, "-": empty, "N/A": empty, "#REF!": empty, "NaN": empty, "inf": empty, "null": empty,
		" 1": blanks, "1 ": blanks, "1\u00a0": blanks, "1.": atEnd, "144.": atEnd, ".5": atEnd, "-.5": atEnd, `="001"`: unread, "１": unread, "1.2.3": unread, "1,23,456.5": unread} {
		if got, want := typed(t, contract.Money, config.Column{}, "", text), "is not a plain decimal such as -1234.50; "+remedy; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"$1,234", "1.2K"} {
		if got, want := typed(t, contract.Money, config.Column{Decimal: ".", Thousands: ","}, "", text), value.ReasonNotNumber+"; "+letters; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestGoodCellsAllocateNothing(t *testing.T) {
	for _, test := range []struct {
		kind  contract.Kind
		given config.Column
		text  string
	}{
		{contract.ID, config.Column{}, "003000000000001"}, {contract.Email, config.Column{}, " Ann@Example.com"}, {contract.Currency, config.Column{}, "EUR"},
		{contract.Instant, config.Column{}, "2025-03-01T09:30:00.5+01:00"}, {contract.Instant, config.Column{}, "2025-03-01 09:30"},
		{contract.Instant, config.Column{Format: config.Texts{"%d %b %Y %I:%M %p"}}, "1 Mar 2025 9:30 AM"}, {contract.DayEnd, config.Column{}, "2025-03-01"},
		{contract.Date, config.Column{}, "2025-03-01"}, {contract.Bool, config.Column{}, "true"}, {contract.Money, config.Column{}, "-1234.50"},
		{contract.Money, config.Column{Decimal: ",", Thousands: "."}, "1.234,50"}, {contract.Micros, config.Column{}, "0.123456"}, {contract.Whole, config.Column{}, "42"},
	} {
		rule, err := value.NewRule("c", contract.Column{Name: "c", Kind: test.kind}, test.given, "", "Europe/Berlin", nil)
		if err != nil {
			t.Fatal(err)
		}
		c, text := value.NewReader(rule), []byte(test.text)
		if reason := c.Read(text); reason != "" {
			t.Fatalf("%q %s", test.text, reason)
		}
		if n := testing.AllocsPerRun(100, func() { c.Read(text) }); n > 0 {
			t.Errorf("%q: %v allocations", test.text, n)
		}
	}
}

// The remedies name every mark that the schema allows, and no other.
func TestMarksOfRemediesAreThoseOfTheSchema(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Properties map[string]struct {
				Enum []any `json:"enum"`
			} `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(config.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	column := schema.Defs["column"].Properties
	marks := func(name string) (marks []string) {
		for _, mark := range column[name].Enum {
			marks = append(marks, mark.(string))
		}
		return marks
	}
	if got := marks("decimal"); !slices.Equal(got, value.DecimalMarks) {
		t.Errorf("decimal: %q, want %q", value.DecimalMarks, got)
	}
	if got := marks("thousands"); !slices.Equal(got, value.ThousandsMarks) {
		t.Errorf("thousands: %q, want %q", value.ThousandsMarks, got)
	}
}
