package value_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

func FuzzInstants(f *testing.F) {
	for _, seed := range []string{"2025-03-01T09:30:00.5+01:00", "2025-03-30 02:30", "2024-02-29", "1970-01-01"} {
		f.Add(seed, "Europe/Berlin")
	}
	f.Fuzz(func(t *testing.T, text, zone string) {
		if _, err := value.LoadZone(zone, ""); err != nil {
			zone = ""
		}
		var m value.Moment
		if value.ISOMoment([]byte(text), &m) == "" {
			day := time.Date(m.Year, time.Month(m.Month), m.Day, m.Hour, m.Minute, m.Second, 0, time.UTC)
			if day.Unix() != m.LocalSeconds() || day.Day() != m.Day {
				t.Fatalf("%q is %v and %d", text, day, m.LocalSeconds())
			}
		}
		for _, local := range []string{"", "earlier", "later"} {
			typed(t, contract.Instant, config.Column{LocalTime: local}, zone, text)
			typed(t, contract.DayEnd, config.Column{LocalTime: local}, zone, text)
		}
	})
}

func FuzzDecimals(f *testing.F) {
	for _, seed := range []string{"1234.50", "-0.000001", "1.234,56", "9223372036854775808"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, reason := value.Marks{Decimal: []byte(".")}.Read([]byte(text))
		if reason == "" && !sameNumber(text, d) {
			t.Fatalf("%q became %d with %d decimals", text, d.Digits, d.Scale)
		}
		_, _ = value.Marks{Decimal: []byte(","), Thousands: []byte(".")}.Read([]byte(text))
	})
}

func sameNumber(text string, d value.Decimal) bool {
	want, ok := new(big.Rat).SetString(text)
	got := new(big.Rat).SetFrac(big.NewInt(d.Digits), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale)), nil))
	return ok && want.Cmp(got) == 0
}
