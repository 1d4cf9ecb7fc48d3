package attribution

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/internal/zone"
)

// The table says what the zone says, also where clocks change at a month's end (Cairo 2024, St.
// John's 2009) or skip a day (Apia 2011).
func TestMonthsAndDaysAreThoseOfTheZone(t *testing.T) {
	for _, name := range []string{"UTC", "America/New_York", "Africa/Cairo", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata", "Pacific/Kiritimati"} {
		z, err := zone.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		c := newCalendar(z)
		r := rand.New(rand.NewPCG(1, 2))
		var instants []time.Time
		for range 20_000 {
			instants = append(instants, time.Unix(r.Int64N(4_200_000_000)+620_000_000, r.Int64N(1e9)))
		}
		for year := 1989; year < 2102; year++ {
			for month := time.January; month <= time.December; month++ {
				for _, around := range []time.Duration{0, -1, time.Microsecond, -time.Microsecond, 30 * time.Minute, -30 * time.Minute, 90 * time.Minute, -90 * time.Minute, -25 * time.Hour, 25 * time.Hour} {
					instants = append(instants, time.Date(year, month, 1, 0, 0, 0, 0, z).Add(around))
				}
			}
		}
		for _, at := range instants {
			at = at.Truncate(time.Microsecond)
			y, m, d := at.In(z).Date()
			if want, got := int32(arrow.Date32FromTime(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))), c.dayOf(at.UnixMicro()); got != want {
				t.Fatalf("%s: %v: day %v, want %v", name, at.In(z), arrow.Date32(got).FormattedString(), arrow.Date32(want).FormattedString())
			}
			if want, got := int32(arrow.Date32FromTime(time.Date(y, m, 1, 0, 0, 0, 0, time.UTC))), c.monthOf(at.UnixMicro()); got != want {
				t.Fatalf("%s: %v: month %v, want %v", name, at.In(z), arrow.Date32(got).FormattedString(), arrow.Date32(want).FormattedString())
			}
		}
	}
}
