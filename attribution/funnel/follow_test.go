package funnel

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// at is an entry at an instant, within a day one of a date without a time.
func at(us int64, position int32) entry {
	return entry{us: us, fromUS: us, untilUS: us, position: position}
}

func within(fromUS, untilUS int64, position int32) entry {
	return entry{us: fromUS, fromUS: fromUS, untilUS: untilUS, position: position}
}

// The cohort of a stage belongs to the reporting period from its first instant on, and not at its end.
func TestStandingOfTheReportingPeriod(t *testing.T) {
	s := settings{fromUS: 10, toUS: 20}
	for us, want := range map[int64]bool{9: false, 10: true, 19: true, 20: false} {
		if c, isIn := s.standing([]entry{at(us, 1)}, 1); isIn != want || c.us != us || !c.isRecorded {
			t.Errorf("an entry at %d: %+v, %t", us, c, isIn)
		}
	}
	if c, isIn := s.standing([]entry{at(12, 2)}, 1); !isIn || c.isRecorded || c.by != 2 {
		t.Errorf("a unit that went past the stage: %+v, %t", c, isIn)
	}
	if _, isIn := s.standing([]entry{at(12, 1)}, 2); isIn {
		t.Error("a unit stands in a stage that it never came to")
	}
}

// What becomes of a unit that came to stage 1 at 100, within a horizon of 50.
func TestCrossingToTheNextStage(t *testing.T) {
	for _, c := range []struct {
		what    string
		entries []entry
		asOf    int64
		want    string // events, censored, survivors, already, own
	}{
		{"at the horizon", []entry{at(150, 2)}, 200, "[50] [] 0 0 [50]"},
		{"after the horizon", []entry{at(151, 2)}, 200, "[] [] 1 0 []"},
		{"not yet, and the horizon is not over", nil, 149, "[] [49] 0 0 []"},
		{"not, and the horizon is over", nil, 150, "[] [] 1 0 []"},
		{"it had been there before", []entry{at(99, 2)}, 200, "[] [] 1 1 []"},
		{"it had been there before, and came again", []entry{at(99, 2), at(120, 2)}, 200, "[20] [] 0 0 [20]"},
		{"at the instant of the cohort", []entry{at(100, 2)}, 200, "[0] [] 0 0 [0]"},
		{"on a day that ends at the instant of the cohort", []entry{within(91, 100, 2)}, 200, "[0] [] 0 0 [0]"},
		{"past it to a later stage", []entry{at(130, 3)}, 200, "[30] [] 0 0 []"},
		{"it had been there, and moves on", []entry{at(99, 2), at(130, 3)}, 200, "[] [] 1 1 []"},
	} {
		f := follower{settings: settings{asOfUS: c.asOf, stops: []stop{{}, {}, {withinUS: 50}, {}}}}
		from := cohort{us: 100, fromUS: 100, position: 1, isRecorded: true}
		for i := range from.tallies {
			from.tallies[i] = &tally{volumes: make([]volume, len(f.stops)), transitions: make([]*transition, len(f.stops)*len(f.stops))}
		}
		isEvent := f.cross(&from, c.entries, 2)
		x := from.tallies[0].transition(1, 2)
		if got := fmt.Sprint(x.events, x.censored, x.survivors, x.already, x.own); got != c.want || isEvent != (len(x.events) == 1) {
			t.Errorf("%s: %s, %t, want %s", c.what, got, isEvent, c.want)
		}
	}
}

// A month is final once as-of has watched its last instant for the whole horizon.
func TestMonthIsFinalAtTheHorizon(t *testing.T) {
	const horizon = 30 * microsPerDay
	february := time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	month := cell{dimension: byChannel, period: int32(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)}
	for after, want := range map[int64]bool{horizon - 1: false, horizon: true} {
		s := settings{asOfUS: february + after, toUS: math.MaxInt64, zone: time.UTC}
		if got := s.isFinal(month, horizon); got != want {
			t.Errorf("%d microseconds after January: %t", after, got)
		}
	}
}
