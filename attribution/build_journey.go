package attribution

import (
	"cmp"
	"slices"
	"sort"
)

// A step is one touchpoint of a journey.
type step struct {
	us     int64
	row    uint32
	kind   uint32
	person int32
	method int8
}

// A journeyBuilder builds journeys, one conversion at a time. It is not safe for concurrent use.
type journeyBuilder struct {
	touches          *touches
	groups           *groups
	directIsFallback bool

	steps     []step   // the journey built last, in order
	path      int8     // the step of the buying group that it came from, from 1; 0 of persons, and without touches
	unordered []uint32 // rows of touches whose order in their instant build did not know
	merged    []step   // scratch
	bounds    []int    // where in steps the run of each member ends
}

// build builds the journey of a conversion: the touchpoints that count in its window, of its person
// or, step by step, of its buying group. If direct touchpoints are a fallback, it uses them only if
// the journey has no others. It returns false if the order of touchpoints of the same instant is
// not known yet; their rows are then in unordered.
func (l *journeyBuilder) build(c *conversion) bool {
	if !l.gather(c) {
		return true
	}
	l.merge()
	return l.order()
}

// gather collects the touches of a journey without ordering them. It is false if there are none.
func (l *journeyBuilder) gather(c *conversion) bool {
	l.steps, l.bounds, l.path = l.steps[:0], l.bounds[:0], 0
	if c.person >= 0 {
		l.take(alwaysMember(c.person, byPerson), c)
	} else {
		for i := range l.groups.steps {
			l.path = int8(i + 1)
			l.groups.each(c.opportunity, i, func(m member) { l.take(m, c) })
			if len(l.steps) > 0 {
				break
			}
		}
	}
	if len(l.steps) == 0 {
		l.path = 0
		return false
	}
	if l.directIsFallback {
		l.leaveDirect()
	}
	return true
}

// take adds the touchpoints of a member that count, in the window of the conversion and in the time in
// which the member belongs to the group.
func (l *journeyBuilder) take(m member, c *conversion) {
	if l.touches.persons[m.person].exclusion != 0 {
		return
	}
	run := l.touches.run(m.person)
	from, until := max(c.windowFromUS, m.fromUS), min(c.anchorUntilUS, m.tillUS)
	first := 0
	if len(run) > 0 && run[0].us < from {
		first = sort.Search(len(run), func(i int) bool { return run[i].us >= from })
	}
	before := len(l.steps)
	for _, s := range run[first:] {
		if s.us > until {
			break
		}
		if l.touches.kinds[s.kind].exclusion == 0 {
			l.steps = append(l.steps, step{us: s.us, row: s.row, kind: s.kind, person: m.person, method: m.method})
		}
	}
	if len(l.steps) > before {
		l.bounds = append(l.bounds, len(l.steps))
	}
}

// leaveDirect removes direct touchpoints from a journey that has others.
func (l *journeyBuilder) leaveDirect() {
	isDirect := func(s step) bool { return l.touches.kinds[s.kind].isDirect }
	if !slices.ContainsFunc(l.steps, func(s step) bool { return !isDirect(s) }) {
		return
	}
	kept, from := l.steps[:0], 0
	bounds := l.bounds[:0]
	for _, to := range l.bounds {
		for _, s := range l.steps[from:to] {
			if !isDirect(s) {
				kept = append(kept, s)
			}
		}
		from, bounds = to, append(bounds, len(kept))
	}
	l.steps, l.bounds = kept, bounds
}

// merge merges the sorted touchpoints of all members, two neighbouring members at a time: n
// touchpoints of m members take n log m steps.
func (l *journeyBuilder) merge() {
	for len(l.bounds) > 1 {
		l.merged = l.merged[:0]
		from, kept := 0, 0
		for i := 0; i < len(l.bounds); i += 2 {
			middle := l.bounds[i]
			to := middle
			if i+1 < len(l.bounds) {
				to = l.bounds[i+1]
			}
			l.merged = mergeInto(l.merged, l.steps[from:middle], l.steps[middle:to])
			from = to
			l.bounds[kept] = to
			kept++
		}
		l.bounds = l.bounds[:kept]
		l.steps, l.merged = l.merged, l.steps
	}
}

func mergeInto(merged, a, b []step) []step {
	for len(a) > 0 && len(b) > 0 {
		if a[0].us <= b[0].us {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	return append(append(merged, a...), b...)
}

// order sorts touchpoints of the same instant by their ids.
func (l *journeyBuilder) order() bool {
	isKnown := true
	for from := 0; from < len(l.steps); {
		to := from + 1
		for to < len(l.steps) && l.steps[to].us == l.steps[from].us {
			to++
		}
		if to > from+1 {
			isKnown = l.orderTie(l.steps[from:to]) && isKnown
		}
		from = to
	}
	return isKnown
}

func (l *journeyBuilder) orderTie(tie []step) bool {
	ranks := l.touches.ranks
	isKnown := true
	for _, s := range tie {
		if _, found := ranks[s.row]; !found {
			isKnown = false
			l.unordered = append(l.unordered, s.row)
		}
	}
	if isKnown {
		slices.SortFunc(tie, func(a, b step) int { return cmp.Compare(ranks[a.row], ranks[b.row]) })
	}
	return isKnown
}
