package ingest

import (
	"math"
	"time"
	_ "time/tzdata" // zones do not depend on what the machine has installed

	"tributary/internal/failure"
)

// loadZone loads an IANA zone. "Local" is refused: a result must not depend on the machine.
func loadZone(name, where string) (*time.Location, error) {
	if name != "Local" && name != "" {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, nil
		}
	}
	return nil, failure.Errorf(failure.Usage, "%s: %q is not an IANA time zone (as in Europe/Berlin)", where, name)
}

// farApart is more than two zones can differ: no instant that a wall clock shows as L lies further than this from L UTC.
const farApart = 26 * 3600

// A wallClock turns the wall clock of a zone into UTC. It remembers the stretch between two changes of the clock that
// it met last, which makes it cheap, and unfit to be shared between goroutines.
type wallClock struct {
	zone   *time.Location
	prefer string // earlier or later, for a local time that is skipped or repeated; empty: neither

	from, to int64 // UTC seconds that are so far from any change that the offset is the only possible one
	offset   int64
}

func newWallClock(zone *time.Location, prefer string) *wallClock {
	if zone == nil {
		return nil
	}
	return &wallClock{zone: zone, prefer: prefer, from: 1, to: 0}
}

// utc returns the UTC seconds at which the wall clock shows local, or the reason why there is no such single instant.
func (c *wallClock) utc(local int64) (seconds int64, reason string) {
	if utc := local - c.offset; utc >= c.from && utc <= c.to {
		return utc, ""
	}
	var shown []int64   // the instants that show local
	var beside [2]int64 // what the offsets before and after a skipped hour make of it
	var skipped, before = false, int64(0)
	at := time.Unix(local-farApart, 0).In(c.zone)
	for first := true; ; first = false {
		start, end := bounds(at)
		_, east := at.Zone()
		utc := local - int64(east)
		if start <= utc && utc < end {
			shown = append(shown, utc)
			c.from, c.to, c.offset = inside(start, farApart), inside(end, -farApart), int64(east)
		}
		if !first && utc < start && before >= start {
			skipped, beside = true, [2]int64{utc, before}
		}
		before = utc
		if end > local+farApart {
			break
		}
		at = time.Unix(end, 0).In(c.zone)
	}
	switch {
	case len(shown) == 1:
		return shown[0], ""
	case len(shown) > 1 && c.prefer == "earlier":
		return shown[0], ""
	case len(shown) > 1 && c.prefer == "later":
		return shown[len(shown)-1], ""
	case len(shown) > 1:
		return 0, "is shown twice by the clocks of " + c.zone.String() + " (declare local_time: earlier or later)"
	case skipped && c.prefer == "earlier":
		return beside[0], ""
	case skipped && c.prefer == "later":
		return beside[1], ""
	}
	return 0, "is skipped by the clocks of " + c.zone.String() + " (declare local_time: earlier or later)"
}

// bounds returns the stretch [start, end) of UTC seconds around at in which its zone keeps one offset.
func bounds(at time.Time) (start, end int64) {
	start, end = math.MinInt64, math.MaxInt64
	first, last := at.ZoneBounds()
	if !first.IsZero() {
		start = first.Unix()
	}
	if !last.IsZero() {
		end = last.Unix()
	}
	return start, end
}

// inside moves a bound by seconds, unless it stands at either end of time.
func inside(bound, seconds int64) int64 {
	if bound == math.MinInt64 || bound == math.MaxInt64 {
		return bound
	}
	return bound + seconds
}
