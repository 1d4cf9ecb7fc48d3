package funnel

import (
	"math"
	"slices"
)

// A follower follows each unit from each stage in which it stood in the reporting period to every
// later one.
type follower struct {
	settings
	input
	tallies     map[cell]*tally
	lastPlace   place // of lastTallies
	lastTallies tallies
	leads       []leadOutcome
	buffer      []entry // of served
}

// A leadOutcome is what became of a person that entered the first stage.
type leadOutcome struct {
	person, us int64
	reached    uint64 // bits, from the one of position 1: the later stages that it reached within their horizons
}

// A cohort of a unit is its standing in a stage of its own kind: it entered the stage for the first
// time or, where it never did, went past it to a later one.
type cohort struct {
	us, fromUS int64 // when; fromUS is the first microsecond of the day, where it has no time, else us
	position   int32
	by         int32 // the stage whose entry shows it
	isRecorded bool
	deal       *deal // of an opportunity
	tallies    tallies
}

// standing finds the cohort of a stage among the entries of a unit to stages of its kind, and tells
// whether it is one of the reporting period.
func (s *settings) standing(own []entry, position int32) (c cohort, isIn bool) {
	i := slices.IndexFunc(own, func(e entry) bool { return e.position == position })
	c.isRecorded = i >= 0
	if !c.isRecorded {
		if i = slices.IndexFunc(own, func(e entry) bool { return e.position > position }); i < 0 {
			return c, false
		}
	}
	c.us, c.fromUS, c.position, c.by = own[i].us, own[i].fromUS, position, own[i].position
	for _, e := range own[i+1:] {
		if e.us != c.us {
			break
		}
		c.fromUS = min(c.fromUS, e.fromUS)
	}
	return c, c.us >= s.fromUS && c.us < s.toUS
}

func (f *follower) followOpportunities() {
	for key := range f.dealEntries.len() {
		d, own := &f.deals[key], f.dealEntries.of(int64(key))
		if len(own) == 0 {
			continue
		}
		for position := 1; position < len(f.stops); position++ {
			if f.stops[position].unit != opportunity {
				continue
			}
			c, isIn := f.standing(own, int32(position))
			if !isIn {
				continue
			}
			conversionType := f.stops[position].conversionType
			c.deal, c.tallies = d, f.talliesOf(d.opportunityType, c.us, d.labels.with(d.firsts[conversionType]))
			c.count(d.amounts[conversionType])
			for to := position + 1; to < len(f.stops); to++ {
				f.cross(&c, own, to)
			}
		}
	}
}

// takeBack counts what reversals take back, in the stages whose entries they reverse.
func (f *follower) takeBack() {
	for _, r := range f.reversals {
		for position, at := range f.stops {
			if at.isCreated && r.conversionType == created || at.isWin && r.conversionType == won {
				for _, t := range f.talliesOf(r.opportunityType, r.us, r.values) {
					v := &t.volumes[position]
					v.isKnown, v.value = true, add(v.value, r.amount)
				}
			}
		}
	}
}

// followPersons follows persons, which belong to the new business. A person enters the stages of
// opportunities with the new business in whose buying group it is.
func (f *follower) followPersons() {
	for key := range f.personEntries.len() {
		own := f.personEntries.of(int64(key))
		if len(own) == 0 {
			continue
		}
		served, isServed := []entry(nil), false
		for position := 1; position < len(f.stops); position++ {
			if f.stops[position].unit != person {
				continue
			}
			c, isIn := f.standing(own, int32(position))
			if !isIn {
				continue
			}
			c.tallies = f.talliesOf(newBusiness, c.us, f.personLabels[key].with(f.firstOf(int64(key), c.by, len(f.stops))))
			c.count(0)
			lead := leadOutcome{person: int64(key), us: c.us}
			for to := position + 1; to < len(f.stops); to++ {
				entries := own
				if f.stops[to].unit == opportunity {
					if !isServed {
						served, isServed = f.served(int64(key)), true
					}
					entries = served
				}
				if f.cross(&c, entries, to) {
					lead.reached |= 1 << (to - 1)
				}
			}
			if position == 1 && c.isRecorded {
				f.leads = append(f.leads, lead)
			}
		}
	}
}

// served lists the entries of the deals of a person, in the order of time: of each deal with which
// it goes through the funnel, those up to whose end it belongs to the buying group at some time
// from the look-back on. An entry may stand there twice. The list is valid until the next person.
func (f *follower) served(person int64) []entry {
	lists := 0
	f.buffer = f.buffer[:0]
	memberships := f.memberships.of(person)
	for _, m := range memberships {
		var entries []entry
		switch {
		case m.isAccount:
			entries = f.accountEntries.of(m.deal)
		case f.deals[m.deal].usesRoles:
			entries = f.dealEntries.of(m.deal)
		}
		if len(entries) == 0 {
			continue
		}
		lists++
		isAlways := m.fromUS == math.MinInt64 && m.untilUS == math.MaxInt64
		if isAlways && len(memberships) == 1 { // the rule: nothing is copied for the persons of a large account
			return entries
		}
		for _, e := range entries {
			if m.fromUS <= e.untilUS && m.untilUS >= f.deals[e.deal].servesFromUS {
				f.buffer = append(f.buffer, e)
			}
		}
	}
	if lists > 1 {
		slices.SortFunc(f.buffer, compareEntries)
	}
	return f.buffer
}

// cross adds what became of a unit on its way to a later stage, and reports whether it reached it
// within the horizon. Its entries are those to stages of the same kind as the later one, in the
// order of time: persons go through the stages of opportunities by the entries of their deals.
func (f *follower) cross(c *cohort, entries []entry, to int) (isEvent bool) {
	stage, position := f.stops[to], int32(to)
	event, own, wasThere, wasInItself := int64(-1), int64(-1), false, false
	for i := range entries {
		e := &entries[i]
		switch {
		case e.position < position: // not there
		case e.untilUS < c.fromUS: // before; on one day with a date without a time neither is before the other
			wasThere, wasInItself = true, wasInItself || e.position == position
		default:
			// A later stage stands for this one only where the unit had not been in this one
			// before: then it moves on from there.
			if event < 0 && (e.position == position || !wasInItself) {
				event = max(e.us-c.us, 0)
			}
			if own < 0 && e.position == position {
				own = max(e.us-c.us, 0)
			}
		}
	}
	watched := max(f.asOfUS-c.us, 0)
	isEvent = event >= 0 && event <= stage.withinUS
	amount := int64(0)
	if isEvent && c.deal != nil {
		amount = c.deal.amounts[created]
		if stage.isWin {
			amount = c.deal.amounts[won]
		}
	}
	for _, t := range c.tallies {
		x := t.transition(c.position, to)
		switch {
		case isEvent:
			x.events = append(x.events, event)
		case event < 0 && watched < stage.withinUS:
			x.censored = append(x.censored, watched)
		default:
			x.survivors++
		}
		if !isEvent && wasThere {
			x.already++
		}
		if isEvent && c.isRecorded && own >= 0 && own <= stage.withinUS {
			x.own = append(x.own, own)
		}
		if amount != 0 {
			x.value = add(x.value, amount)
		}
	}
	return isEvent
}
