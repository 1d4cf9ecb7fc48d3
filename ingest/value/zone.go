package value

import (
	"math"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/zone"
)

// LoadZone loads an IANA zone, for the setting that names it.
func LoadZone(name, where string) (*time.Location, error) {
	loaded, err := zone.Load(name)
	if err != nil {
		return nil, failure.Errorf(failure.Usage, "%s: %w", where, err)
	}
	return loaded, nil
}

// A WallClock turns the wall clock of a zone into UTC. It remembers the days that it met, which
// makes it cheap, and unfit to be shared between goroutines.
//
// It asks only for offsets. time.Time.ZoneBounds ends the stretch it returns before the instant it
// was asked for on the last day of leap years beyond the zone's table (31 December 2040), in Go
// 1.26: walking along it never ends.
type WallClock struct {
	zone   *time.Location
	prefer string // earlier or later, for a local time that is skipped or repeated; empty: neither
	met    []plainDay
}

// A plainDay is a day of the wall clock near which the offset does not change.
type plainDay struct{ day, offset int64 }

const (
	secondsPerDay = 86400
	remembered    = 1024 // days, at most
	farApart      = 26 * 3600
	noDay         = math.MinInt64
)

func NewWallClock(zone *time.Location, prefer string) *WallClock {
	if zone == nil {
		return nil
	}
	return &WallClock{zone: zone, prefer: prefer}
}

// dayStart returns the UTC seconds of the first instant of a day, given as its midnight by the wall
// clock. Every day has one: a date without a time is never refused for what clocks do.
func (c *WallClock) dayStart(midnight int64) int64 {
	if offset, isPlain := c.plain(floorDay(midnight)); isPlain {
		return midnight - offset
	}
	date := time.Unix(midnight, 0).UTC()
	return zone.StartOfDay(date.Year(), date.Month(), date.Day(), c.zone).Unix()
}

// plain returns the offset of a day near which it does not change.
func (c *WallClock) plain(day int64) (offset int64, isPlain bool) {
	if c.zone == time.UTC {
		return 0, true
	}
	if c.met == nil {
		c.met = make([]plainDay, remembered)
		for i := range c.met {
			c.met[i].day = noDay
		}
	}
	met := &c.met[uint64(day)%remembered]
	if met.day == day {
		return met.offset, true
	}
	offsets := c.offsetsNear(day)
	if len(offsets) == 1 {
		*met = plainDay{day, offsets[0]}
	}
	return offsets[0], len(offsets) == 1
}

// UTC returns the UTC seconds at which the wall clock shows local, or the reason why there is no
// such single instant.
func (c *WallClock) UTC(local int64) (seconds int64, reason string) {
	day := floorDay(local)
	if offset, isPlain := c.plain(day); isPlain {
		return local - offset, ""
	}
	return c.choose(local, c.offsetsNear(day))
}

func floorDay(seconds int64) int64 {
	day := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		day--
	}
	return day
}

func (c *WallClock) offset(utc int64) int64 {
	_, east := time.Unix(utc, 0).In(c.zone).Zone()
	return int64(east)
}

// offsetsNear returns the offsets in force, in order, at any instant at which some clock of the
// world shows that day. No zone changes its clock twice within the quarter of a day between two
// looks.
func (c *WallClock) offsetsNear(day int64) []int64 {
	var offsets []int64
	start, end := day*secondsPerDay-farApart, (day+1)*secondsPerDay+farApart
	for at := start; at <= end; at += secondsPerDay / 4 {
		if offset := c.offset(at); len(offsets) == 0 || offsets[len(offsets)-1] != offset {
			offsets = append(offsets, offset)
		}
	}
	return offsets
}

// choose finds the instants that show local near a change of the clock.
func (c *WallClock) choose(local int64, offsets []int64) (seconds int64, reason string) {
	var shown []int64
	for _, offset := range offsets {
		if utc := local - offset; c.offset(utc) == offset && !slices.Contains(shown, utc) {
			shown = append(shown, utc)
		}
	}
	what := "is shown twice"
	if len(shown) == 0 {
		what = "is skipped"
		for i := range len(offsets) - 1 {
			// In a skipped hour the old offset leads behind the change, and the new one before it.
			if before, after := offsets[i], offsets[i+1]; c.offset(local-before) == after && c.offset(local-after) == before {
				shown = []int64{local - after, local - before}
				break
			}
		}
	}
	switch {
	case len(shown) == 1:
		return shown[0], ""
	case len(shown) > 1 && c.prefer == "earlier":
		return slices.Min(shown), ""
	case len(shown) > 1 && c.prefer == "later":
		return slices.Max(shown), ""
	}
	return 0, what + " by the clocks of " + c.zone.String() + "; declare local_time: earlier or later"
}
