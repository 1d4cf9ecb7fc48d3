package value_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
)

// A wall clock agrees with the standard library at every instant: what a zone shows is read back as
// that instant.
func TestWallClocksAreReadBack(t *testing.T) {
	zones := []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata", "Africa/Casablanca", "Africa/Cairo", "Pacific/Kwajalein"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := value.LoadZone(rapid.SampledFrom(zones).Draw(t, "zone"), "")
		if err != nil {
			t.Fatal(err)
		}
		earlier, later, strict := value.NewWallClock(zone, "earlier"), value.NewWallClock(zone, "later"), value.NewWallClock(zone, "")
		at := time.Unix(rapid.Int64Range(631152000, 253402300799).Draw(t, "seconds"), 0)
		if rapid.Bool().Draw(t, "near a change") {
			if _, end := at.In(zone).ZoneBounds(); !end.IsZero() {
				at = end.Add(time.Duration(rapid.IntRange(-7200, 7200).Draw(t, "beside")) * time.Second)
			}
		}
		_, east := at.In(zone).Zone()
		local := at.Unix() + int64(east)
		first, _ := earlier.UTC(local)
		last, _ := later.UTC(local)
		only, reason := strict.UTC(local)
		if first > last || at.Unix() != first && at.Unix() != last || (first == last) != (reason == "") || reason == "" && only != first {
			t.Fatalf("%v: %d to %d, %q", at.In(zone), first, last, reason)
		}
	})
}

// time.Time.ZoneBounds never gets past this day.
func TestTheLastDayOfALeapYearBeyondTheTable(t *testing.T) {
	chicago, err := value.LoadZone("America/Chicago", "the test")
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []string{"2040-12-30", "2040-12-31", "2041-01-01", "2096-12-31", "9996-12-31"} {
		if got := typedOn(t, contract.Instant, config.Column{}, "", chicago, day); got != day+"T06:00:00" {
			t.Errorf("%s: %s", day, got)
		}
	}
}
