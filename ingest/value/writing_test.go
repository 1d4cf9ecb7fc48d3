package value_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// What a column declares of the way in which it writes its values, beyond formats and marks.
func TestDeclaredWritings(t *testing.T) {
	dollars := config.Column{Thousands: ",", Strip: []string{"$", "USD"}, Suffixes: true, Brackets: true}
	reais := config.Column{Decimal: ",", Thousands: ".", Strip: []string{"R$"}}
	micros := config.Column{Scale: json.Number("0.000001")}
	thousands := config.Column{Scale: json.Number("1000")}
	for _, test := range []struct {
		kind       contract.Kind
		given      config.Column
		text, want string
	}{
		{contract.Money, dollars, "$1,117.10K", "1117100e-0"},
		{contract.Money, dollars, "$ 22,700.00", "22700e-0"},
		{contract.Money, dollars, "-$5.25", "-525e-2"},
		{contract.Money, dollars, "($5.25)", "-525e-2"},
		{contract.Money, dollars, "(5.25) USD", "-525e-2"},
		{contract.Money, dollars, "(-5.25)", value.ReasonNotNumber + "; it has brackets and a minus"},
		{contract.Money, dollars, "1.5M", "1500000e-0"},
		{contract.Money, dollars, "2b", "2000000000e-0"},
		{contract.Money, dollars, "1 234", value.ReasonNotNumber + "; it does not fit the declared decimal: \".\", thousands: \",\", but would fit decimal: \".\", thousands: \" \"; write the whole column in one way"},
		{contract.Money, dollars, "K", value.ReasonNotNumber + "; leave the cell empty if there is no number"},
		{contract.Money, dollars, "€5", value.ReasonNotNumber + "; list the sign or letters around the number under strip, or set suffixes: true for K, M and B"},
		{contract.Money, dollars, "9223372036854775807M", value.ReasonTooLarge},
		{contract.Money, config.Column{Strip: []string{"e", "$"}}, "1e3", value.ReasonNotNumber + "; export it without an exponent, which no setting reads"},
		{contract.Money, config.Column{Strip: []string{"e", "$"}}, "1$3", value.ReasonNotNumber + "; list the sign or letters around the number under strip, or set suffixes: true for K, M and B"},
		{contract.Money, reais, "R$\u00a0100.000", "100000e-0"},
		{contract.Money, reais, "R$ 1.234,56", "123456e-2"},
		{contract.Micros, micros, "36150000", "36150000"},
		{contract.Micros, micros, "158865149", "158865149"},
		{contract.Micros, micros, "0.5", value.ReasonNotMicros},
		{contract.Money, micros, "36150000", "3615e-2"},
		{contract.Whole, thousands, "1.5", "1500"},
		{contract.Whole, thousands, "1.0005", value.ReasonNotWhole},
		{contract.Whole, config.Column{Strip: []string{" views"}}, "12 views", "12"},
		{contract.Rate, config.Column{Invert: true}, "148.07", "6753562504220977e-18"},
		{contract.Rate, config.Column{Invert: true}, "1", "1e-0"},
		{contract.Rate, config.Column{Invert: true}, "0.5", "2e-0"},
		{contract.Rate, config.Column{Invert: true}, "3", "333333333333333333e-18"},
		{contract.Rate, config.Column{Invert: true}, "0.000000000000000001", "1000000000000000000e-0"},
		{contract.Rate, config.Column{Invert: true}, "0", value.ReasonNotRate},
		{contract.Text, config.Column{Nulls: []string{"#N/A", "-"}}, "-", "null"},
		{contract.Text, config.Column{Nulls: []string{"#N/A", "-"}}, "--", "--"},
		{contract.Money, config.Column{Nulls: []string{"-"}}, "-", "null"},
		{contract.Date, config.Column{Nulls: []string{"0000-00-00"}}, "0000-00-00", "null"},
		{contract.Text, config.Column{Words: map[string]string{"fb": "facebook", "?": ""}}, "fb", "facebook"},
		{contract.Text, config.Column{Words: map[string]string{"fb": "facebook", "?": ""}}, "FB", "FB"},
		{contract.Text, config.Column{Words: map[string]string{"fb": "facebook", "?": ""}}, "?", "null"},
		{contract.ID, config.Column{ID: 18}, "0030000000000bA", "0030000000000bAAAQ"},
		{contract.ID, config.Column{ID: 18}, "70121000000VJkt", "70121000000VJktAAG"},
		{contract.ID, config.Column{ID: 18}, "70121000000VJktAAG", "70121000000VJktAAG"},
		{contract.ID, config.Column{ID: 18}, "short", "short"},
		{contract.ID, config.Column{ID: 18}, "0030000-000000b", "0030000-000000b"},
		{contract.Instant, config.Column{Epoch: "s"}, "1736067600", "2025-01-05T09:00:00"},
		{contract.Instant, config.Column{Epoch: "s"}, "1736067600.25", "2025-01-05T09:00:00.25"},
		{contract.Instant, config.Column{Epoch: "ms"}, "1736067600123", "2025-01-05T09:00:00.123"},
		{contract.Instant, config.Column{Epoch: "us"}, "1736067600123456", "2025-01-05T09:00:00.123456"},
		{contract.Instant, config.Column{Epoch: "ms"}, "1736067600", value.ReasonSentinel + "; check the unit that epoch declares"},
		{contract.Instant, config.Column{Epoch: "s"}, "1736067600123", "is after the year 9999; check the unit that epoch declares"},
		{contract.Instant, config.Column{Epoch: "s"}, "2025-01-05", "is not a number of seconds since 1970"},
		{contract.Instant, config.Column{Epoch: "s"}, "0", value.ReasonSentinel + "; check the unit that epoch declares"},
		{contract.DayEnd, config.Column{Epoch: "ms", Midnight: "date"}, "1738368000000", "2025-02-01T23:59:59.999999"},
		{contract.DayEnd, config.Column{Epoch: "ms", Midnight: "date"}, "1738368000001", "2025-02-01T00:00:00.001"},
		{contract.Date, config.Column{Epoch: "ms"}, "1738368000000", "has a time other than 00:00:00, and is a date"},
		{contract.Date, config.Column{Epoch: "ms", Midnight: "date"}, "1738368000000", "2025-02-01"},
		{contract.Date, config.Column{Midnight: "date"}, "2025-02-01 00:00:00", "2025-02-01"},
		{contract.Date, config.Column{Midnight: "date"}, "2025-02-01", "2025-02-01"},
		{contract.Date, config.Column{Midnight: "date"}, "2025-02-01T00:00:00.000Z", "2025-02-01"},
		{contract.Date, config.Column{Midnight: "date"}, "2025-02-01T00:00:01Z", "has a time other than 00:00:00, and is a date"},
		{contract.DayEnd, config.Column{Midnight: "date"}, "2025-02-01T00:00:00.000Z", "2025-02-01T23:59:59.999999"},
		{contract.DayEnd, config.Column{Midnight: "date"}, "2025-02-01T09:00:00Z", "2025-02-01T09:00:00"},
		{contract.Date, config.Column{Format: config.Texts{"%d.%m.%Y", "%Y-%m-%d"}}, "31.01.2025", "2025-01-31"},
		{contract.Date, config.Column{Format: config.Texts{"%d.%m.%Y", "%Y-%m-%d"}}, "2025-01-31", "2025-01-31"},
		{contract.Date, config.Column{Format: config.Texts{"%d.%m.%Y", "%Y-%m-%d"}}, "2025/01/31", "matches none of the declared formats %d.%m.%Y, %Y-%m-%d"},
		{contract.Date, config.Column{Format: config.Texts{"%d/%m/%Y", "%m/%d/%Y"}}, "03/04/2025", "matches %d/%m/%Y and %m/%d/%Y, with different meanings"},
		{contract.Date, config.Column{Format: config.Texts{"%d/%m/%Y", "%m/%d/%Y"}}, "03/03/2025", "2025-03-03"},
		{contract.Date, config.Column{Format: config.Texts{"%d/%m/%Y", "%m/%d/%Y"}}, "31/01/2025", "2025-01-31"},
	} {
		if got := typed(t, test.kind, test.given, "", test.text); got != test.want {
			t.Errorf("%q with %+v: %s, want %s", test.text, test.given, got, test.want)
		}
	}
}

// A declaration that does not belong to the kind of a column is refused at start.
func TestMisplacedDeclarations(t *testing.T) {
	for _, test := range []struct {
		kind  contract.Kind
		given config.Column
		want  string
	}{
		{contract.Text, config.Column{Format: config.Texts{"%Y-%m-%d"}}, "c: has a format, which only times and dates have"},
		{contract.Money, config.Column{Epoch: "s"}, "c: has an epoch, which only times and dates have"},
		{contract.ID, config.Column{Midnight: "date"}, "c: has midnight, which only times and dates have"},
		{contract.Instant, config.Column{Scale: json.Number("10")}, "c: has strip, suffixes, brackets or scale, which only numbers have"},
		{contract.Money, config.Column{Invert: true}, "c: has invert, which only rates have"},
		{contract.Text, config.Column{ID: 18}, "c: has id: 18, which only ids have"},
	} {
		_, err := value.NewRule("c", contract.Column{Name: "c", Kind: test.kind}, test.given, "", "", time.UTC)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %s", test.given, err, test.want)
		}
	}
}
