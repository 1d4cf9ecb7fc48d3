package attribution

import (
	"fmt"

	"github.com/tributary-engine/tributary/attribution/credit"
)

// wholeUnit is the count credit of one conversion, in millionths.
const wholeUnit = 1_000_000

// An allocator computes the credit of conversions under every model, one at a time, adds it to its
// cube, and sends the credit rows on. It is not safe for concurrent use.
type allocator struct {
	models       []credit.Model
	scopes       []*scope // beside models; nil: none has one
	graceUS      int64
	fromUS, toUS int64 // the reporting period
	calendar     *calendar
	touches      *touches
	cube         *cube
	weeks        *weeks      // nil: weeks are not wanted
	primary      int         // index of the model that heads every report; -1: none of these
	revenue      []wide      // by kind: what the primary model credits of revenue won in the reporting period, in minor units
	rows         *creditRows // nil: rows are not wanted
	sides        *primary    // nil: not wanted
	dimensions   *dimensions // nil: not wanted
	value        *winValue   // nil: not wanted

	byPrimary []earned // beside the steps of the conversion added last: what the primary model credits to each

	// scratch, kept from one conversion to the next
	seen    []credit.Touch
	cells   [][2][]sum // beside seen, one per basis
	byWeek  [][2][]sum // the same in weeks
	journey credit.Journey
	scoped  scopedJourney
	weights []uint64
}

// earned is the credit of a step or a channel for one conversion.
type earned struct{ minor, millionths int64 }

// add allocates one conversion over the steps of its journey, which is the journey of source, under
// every model. Without steps, all of it is unattributed, with the given reason.
func (c *allocator) add(key int32, conv, source *conversion, reason int8, steps []step) error {
	units := int64(wholeUnit)
	if conv.isReversal {
		units = 0
	}
	c.rows.begin(key, conv, steps)
	c.sides.begin(key, conv, steps)
	c.dimensions.begin(key, conv, steps, c.inPeriod)
	if len(steps) == 0 {
		for m := range c.models {
			c.leave(key, conv, reason, m, units)
		}
		return c.rows.end()
	}
	c.arrange(conv, steps)
	milestones := credit.Milestones{
		CreatedUS: source.createdUS, AnchorUS: source.anchorUntilUS, GraceUS: c.graceUS, IsRevenue: conv.cell.conversionType == revenue,
	}
	c.journey.Build(c.seen, milestones)
	c.scoped.of = nil
	if cap(c.weights) < len(steps) {
		c.weights = make([]uint64, 2*len(steps))
	}
	w := c.weights[:len(steps)]
	c.byPrimary = append(c.byPrimary[:0], make([]earned, len(steps))...)
	for m := range c.models {
		clear(w)
		if c.scopes == nil || c.scopes[m] == nil {
			c.models[m].Weights(&c.journey, w)
		} else if c.scoped.build(c.scopes[m], steps, c.seen, milestones) {
			c.scoped.weigh(&c.models[m], w)
		} else {
			c.leave(key, conv, noTouchInScope, m, units)
			continue
		}
		total, err := credit.Total(w)
		if err != nil {
			return fmt.Errorf("model %s, conversion %d: %w", c.models[m].Name, key, err)
		}
		if total == 0 {
			c.leave(key, conv, noAnchor, m, units)
			continue
		}
		c.value.earn(key, conv, m, steps, c.touches.kinds, w, total)
		money, count := credit.NewShare(conv.valueMinor, total), credit.NewShare(units, total)
		listed := m == c.primary && conv.cell.conversionType == revenue && conv.cell.month != outside
		for i, weight := range w {
			if weight == 0 {
				continue
			}
			minor, millionths := money.Next(weight), count.Next(weight)
			c.cells[i][period][m].add(minor, millionths)
			c.cells[i][cohort][m].add(minor, millionths)
			if c.weeks != nil {
				c.byWeek[i][period][m].add(minor, millionths)
				c.byWeek[i][cohort][m].add(minor, millionths)
			}
			if listed {
				c.revenue[steps[i].kind].add(minor)
			}
			if m == c.primary {
				c.byPrimary[i] = earned{minor, millionths}
			}
			c.dimensions.earn(m, i, minor, millionths)
			c.rows.earn(m, i, minor, millionths)
			if m == c.primary {
				c.sides.earn(i, minor, millionths)
			}
		}
		c.dimensions.end(m, conv.valueMinor, units)
	}
	return c.rows.end()
}

// inPeriod reports whether an instant lies in the reporting period.
func (c *allocator) inPeriod(us int64) bool { return us >= c.fromUS && us < c.toUS }

// arrange makes the touches that models see of the steps of a journey, and finds the cells of the cube
// to which their credit goes.
func (c *allocator) arrange(conv *conversion, steps []step) {
	c.seen, c.cells = c.seen[:0], c.cells[:0]
	byAnchor := c.cube.slice(conv.cell.slice(period))
	dated := conv.cell.slice(cohort)
	var byTouch slice
	for i, s := range steps {
		k, p := &c.touches.kinds[s.kind], &c.touches.persons[s.person]
		c.seen = append(c.seen, credit.Touch{OccurredUS: s.us, LeadUS: p.leadUS, LeadFromUS: p.leadFromUS, LeadUntilUS: p.leadUntilUS, Channel: k.channel, Direct: k.isDirect})
		month := int32(outside)
		if c.inPeriod(s.us) {
			month = c.calendar.monthOf(s.us)
		}
		if i == 0 || month != dated.month {
			dated.month = month
			byTouch = c.cube.slice(dated)
		}
		c.cells = append(c.cells, [2][]sum{c.cube.at(byAnchor, k), c.cube.at(byTouch, k)})
	}
	if c.weeks != nil {
		c.arrangeWeeks(conv, steps)
	}
}

// arrangeWeeks finds the cells of the weeks to which the credit of a journey goes.
func (c *allocator) arrangeWeeks(conv *conversion, steps []step) {
	c.byWeek = c.byWeek[:0]
	byAnchor := c.weeks.of(conv.cell.inWeek(period, conv.week))
	var byTouch week
	last := int32(outside)
	for i, s := range steps {
		first := int32(outside)
		if c.inPeriod(s.us) {
			first = weekOfDay(c.calendar.dayOf(s.us), c.weeks.from)
		}
		if i == 0 || first != last {
			byTouch, last = c.weeks.of(conv.cell.inWeek(cohort, first)), first
		}
		channel := c.touches.kinds[s.kind].channel
		c.byWeek = append(c.byWeek, [2][]sum{byAnchor.of(channel, len(c.models)), byTouch.of(channel, len(c.models))})
	}
}

// leave counts all of a conversion as unattributed under one model, with the given reason. Such credit
// has no touchpoint, so both bases date it by the anchor of the conversion.
func (c *allocator) leave(key int32, conv *conversion, reason int8, model int, units int64) {
	at := conv.cell
	at.reason = reason
	for _, basis := range []basis{period, cohort} {
		s := c.cube.unattributed(c.cube.slice(at.slice(basis)))
		s[model].add(conv.valueMinor, units)
		s[model].isLeft = true
		if c.weeks != nil {
			left := c.weeks.of(conv.cell.inWeek(basis, conv.week)).of(unattributed, len(c.models))
			left[model].add(conv.valueMinor, units)
			left[model].isLeft = true
		}
	}
	c.rows.leave(model, reason, conv.valueMinor, units)
	c.value.leave(key, conv, model)
	if model == c.primary {
		c.sides.leave(conv, units)
	}
}

func (s *sum) add(minor, millionths int64) {
	s.minor.add(minor)
	s.millionths += millionths
}
