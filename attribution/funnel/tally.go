package funnel

import (
	"math"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// A cell is what a cohort of the funnel has in common.
type cell struct {
	dimension       dimension
	opportunityType int8  // its place in attribution.OpportunityTypes
	period          int32 // the first day of the month or quarter, in days since 1970; allPeriods
	value           int32 // dense key of the dimension; allValues
}

// A dimension is what the units of a stage are divided by, one at a time: by channel and month, by
// segment and quarter, by persona and quarter, by campaign.
type dimension int8

const (
	byChannel dimension = iota
	bySegment
	byPersona
	byCampaign
	dimensions
)

var dimensionNames = [dimensions]string{"channel", "segment", "persona", "campaign"}

const newBusiness = int8(0)

// Cells that add up over periods or values; NULL in the engine.
const (
	allPeriods = math.MinInt32
	allValues  = math.MinInt32
)

// A tally adds up what is in one cell: by stage, and by stage and later stage.
type tally struct {
	volumes     []volume
	transitions []*transition // nil: none
}

// A volume is how much stood in a stage.
type volume struct {
	isKnown           bool // there is something, if only what a reversal took back
	recorded, skipped int64
	value             decimal128.Num // of opportunities, in minor units
}

// A transition adds up what became of the units of a stage on their way to a later one.
type transition struct {
	events    []int64        // how long those took that entered the stage, or went past it, within the horizon; in microseconds
	censored  []int64        // how long the others were watched, where as-of came before the horizon
	survivors int64          // units watched to the horizon in vain
	already   int64          // of the units without an event, those that had been there before
	own       []int64        // how long it took to the stage itself, where both entries are recorded
	value     decimal128.Num // of converted opportunities, in minor units
	spare     []int64        // of sorting
}

// add is exact: 2^63 amounts of 64 bits fit.
func add(sum decimal128.Num, amount int64) decimal128.Num { return sum.Add(decimal128.FromI64(amount)) }

// tallies are those of one unit, one in each dimension.
type tallies [dimensions]*tally

// A place is what decides on the tallies of a unit.
type place struct {
	opportunityType int8
	month           int32
	values          values
}

// talliesOf are the tallies of an opportunity type, of the periods of an instant, and of values.
func (f *follower) talliesOf(opportunityType int8, us int64, of values) (all tallies) {
	month := f.monthOf(us)
	at := place{opportunityType: opportunityType, month: month, values: of}
	if at == f.lastPlace { // a unit often passes several stages in one month
		return f.lastTallies
	}
	quarter := quarterOf(month)
	periods := values{byChannel: month, bySegment: quarter, byPersona: quarter, byCampaign: allPeriods}
	for d := range dimensions {
		at := cell{dimension: d, opportunityType: opportunityType, period: periods[d], value: of[d]}
		t := f.tallies[at]
		if t == nil {
			n := len(f.stops)
			t = &tally{volumes: make([]volume, n), transitions: make([]*transition, n*n)}
			f.tallies[at] = t
		}
		all[d] = t
	}
	f.lastPlace, f.lastTallies = at, all
	return all
}

// count counts a cohort of one unit.
func (c *cohort) count(amount int64) {
	for _, t := range c.tallies {
		v := &t.volumes[c.position]
		v.isKnown, v.value = true, add(v.value, amount)
		if c.isRecorded {
			v.recorded++
		} else {
			v.skipped++
		}
	}
}

// transition is what becomes of units on their way from a stage to a later one.
func (t *tally) transition(from int32, to int) *transition {
	at := &t.transitions[int(from)*len(t.volumes)+to]
	if *at == nil {
		*at = &transition{}
	}
	return *at
}

// sumVolumes adds up a stage over cells.
func sumVolumes(tallies []*tally, position int) (sum volume) {
	for _, t := range tallies {
		v := &t.volumes[position]
		sum.isKnown = sum.isKnown || v.isKnown
		sum.recorded, sum.skipped, sum.value = sum.recorded+v.recorded, sum.skipped+v.skipped, sum.value.Add(v.value)
	}
	return sum
}

// addCrossings adds up the way from a stage to a later one over cells, into a transition whose lists
// it reuses. The lists of the cells are sorted; those of the sum are not.
func (c *transition) addCrossings(tallies []*tally, from, to int) {
	*c = transition{events: c.events[:0], censored: c.censored[:0], own: c.own[:0], spare: c.spare}
	for _, t := range tallies {
		x := t.transitions[from*len(t.volumes)+to]
		if x == nil {
			continue
		}
		c.events, c.censored, c.own = append(c.events, x.events...), append(c.censored, x.censored...), append(c.own, x.own...)
		c.survivors, c.already, c.value = c.survivors+x.survivors, c.already+x.already, c.value.Add(x.value)
	}
}

// sort sorts the lists.
func (c *transition) sort() {
	for _, list := range []*[]int64{&c.events, &c.censored, &c.own} {
		*list, c.spare = mergeRuns(*list, c.spare)
	}
}

// mergeRuns sorts a list that consists of sorted runs: it merges neighbours until one is left. The
// other slice is memory that it can use; it returns what it leaves unused.
func mergeRuns(list, other []int64) (sorted, spare []int64) {
	for runOf(list) < len(list) {
		merged := slices.Grow(other[:0], len(list))
		for rest := list; len(rest) > 0; {
			a := rest[:runOf(rest)]
			b := rest[len(a):]
			b = b[:runOf(b)]
			rest = rest[len(a)+len(b):]
			for len(a) > 0 && len(b) > 0 {
				if a[0] <= b[0] {
					merged, a = append(merged, a[0]), a[1:]
				} else {
					merged, b = append(merged, b[0]), b[1:]
				}
			}
			merged = append(append(merged, a...), b...)
		}
		list, other = merged, list
	}
	return list, other
}

// runOf is how many numbers at the head of a list are in order.
func runOf(list []int64) int {
	n := min(len(list), 1)
	for n < len(list) && list[n-1] <= list[n] {
		n++
	}
	return n
}

func (c *transition) units() int64 { return int64(len(c.events)+len(c.censored)) + c.survivors }

// atRisk is how many units were still watched at the horizon; the event may have come just then.
// The lists are sorted.
func (c *transition) atRisk(horizonUS int64) int64 {
	n := c.survivors
	for i := len(c.events) - 1; i >= 0 && c.events[i] == horizonUS; i-- {
		n++
	}
	return n
}

// observedUS is for how long the units were watched, at most, and no longer than the horizon. The
// lists are sorted.
func (c *transition) observedUS(horizonUS int64) int64 {
	if c.survivors > 0 {
		return horizonUS
	}
	longest := int64(0)
	for _, sorted := range [][]int64{c.events, c.censored} {
		if len(sorted) > 0 {
			longest = max(longest, sorted[len(sorted)-1])
		}
	}
	return longest
}
