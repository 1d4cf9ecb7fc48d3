package zone

import (
	"testing"
	"time"
)

func TestStartOfDay(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2024-02-29", "2024-02-29T00:00:00Z"},
		{"Europe/Berlin", "2024-03-31", "2024-03-30T23:00:00Z"},
		{"America/Santiago", "2024-09-08", "2024-09-08T04:00:00Z"}, // midnight is skipped: the day begins at 01:00 of UTC-3
		{"America/Santiago", "2024-09-07", "2024-09-07T04:00:00Z"},
		{"America/Santiago", "2024-04-07", "2024-04-07T04:00:00Z"}, // the last hour of the 6th came twice
		{"America/Havana", "2024-11-03", "2024-11-03T04:00:00Z"},   // midnight to one comes twice: the first
		{"Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"},     // midnight is skipped
		{"Asia/Kathmandu", "2040-12-31", "2040-12-30T18:15:00Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"}, // a day that Samoa skipped whole begins with the next one
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
	} {
		z, err := Load(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := StartOfDay(day.Year(), day.Month(), day.Day(), z).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s begins %s, want %s", c.day, c.zone, got, c.want)
		}
	}
}

// Over a century of days in every kind of zone: an instant before, it is another day.
func TestStartOfDayIsTheFirstInstant(t *testing.T) {
	for _, name := range []string{"America/Santiago", "America/Havana", "Africa/Cairo", "Asia/Beirut", "America/Asuncion", "Australia/Lord_Howe", "Atlantic/Azores", "Europe/Dublin"} {
		z, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for day := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2060; day = day.AddDate(0, 0, 1) {
			begin := StartOfDay(day.Year(), day.Month(), day.Day(), z)
			if begin.Format(time.DateOnly) != day.Format(time.DateOnly) || begin.Add(-time.Second).Format(time.DateOnly) >= day.Format(time.DateOnly) {
				t.Fatalf("%s: %s begins %s", name, day.Format(time.DateOnly), begin)
			}
		}
	}
}

func TestLoadKnowsNoZoneOfTheMachine(t *testing.T) {
	t.Setenv("ZONEINFO", t.TempDir())
	for _, name := range []string{"", "Local", "Europe", "Europe/Berlin2", "posix/UTC", "../UTC", "/etc/localtime"} {
		if _, err := Load(name); err == nil {
			t.Errorf("%q was loaded", name)
		}
	}
}
