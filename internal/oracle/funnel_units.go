package oracle

import (
	"math/big"
	"slices"
	"time"
)

// subject is one who goes through the funnel: a person, or an opportunity that is no reversal.
type subject struct {
	unit            string
	opportunityType string
	entries         [][]timestamp // up to as-of, in order, by place of the stage; an opportunity has none to stages of persons
	firsts          []firstTouch  // by place: of the conversion that an entry to the stage is; empty for a person at an opportunity's
	who             *person       // nil for an opportunity
	deal            *deal         // nil for a person
	pipeline        *big.Int      // value, 0 for a person
	revenue         *big.Int
}

// member is a subject at a stage of its own kind.
type member struct {
	*subject
	place    int
	at       timestamp
	recorded bool // else a later stage implies it
	first    firstTouch
}

// firstTouch is where the first touch of a journey was.
type firstTouch struct{ channel, campaign string }

// members lists every subject at every stage that it entered or passed.
func (w *world) members(conversions []Conversion) []member {
	var all []member
	for _, s := range w.subjects(conversions) {
		for place := range w.options.Funnel {
			if m, known := s.at(w.options.Funnel, place); known {
				all = append(all, m)
			}
		}
	}
	return all
}

// at is the subject at a stage: by its first entry, else by the first one to any later stage of its
// kind; of such entries at one instant the lowest stage's tells the first touch.
func (s *subject) at(funnel []Stage, place int) (member, bool) {
	if funnel[place].Unit != s.unit {
		return member{}, false
	}
	if own := s.entries[place]; len(own) > 0 {
		return member{s, place, firstOf(own), true, s.firsts[place]}, true
	}
	found := member{subject: s, place: place}
	known := false
	for later := place + 1; later < len(funnel); later++ {
		if funnel[later].Unit != s.unit || len(s.entries[later]) == 0 {
			continue
		}
		switch first := firstOf(s.entries[later]); {
		case !known || first.at < found.at.at:
			found.at, found.first, known = first, s.firsts[later], true
		default:
			found.at = found.at.earlier(first)
		}
	}
	if s.unit == OpportunityUnit {
		found.first = s.firsts[place] // an opportunity has its own journey, whatever implies the stage
	}
	return found, known
}

// reaching lists, in order, the entries that count as coming as far as the stage: to it or to a
// later one of its unit.
func (m member) reaching(funnel []Stage, to int) []timestamp {
	var all []timestamp
	for place := to; place < len(funnel); place++ {
		if funnel[place].Unit == funnel[to].Unit {
			all = append(all, m.entries[place]...)
		}
	}
	slices.SortFunc(all, compareTimes)
	return all
}

// event is how long the member takes to come to the stage. Coming further implies it, unless the
// member had been in the very stage before: then it only moves on from there.
func (m member) event(funnel []Stage, to int) (micros int64, happens bool) {
	counting := m.reaching(funnel, to)
	if slices.ContainsFunc(m.entries[to], m.cameAfter) {
		counting = m.entries[to]
	}
	return m.next(counting)
}

// cameAfter reports whether an entry comes before the one that makes the member. An entry on the same
// day as a bare date does not.
func (m member) cameAfter(entry timestamp) bool { return entry.before(m.at) }

// cameBefore reports whether the member was as far as the stage before it came here.
func (m member) cameBefore(funnel []Stage, to int) bool {
	return slices.ContainsFunc(m.reaching(funnel, to), m.cameAfter)
}

// wayTo is the time to the next entry to the very stage.
func (m member) wayTo(to int) (micros int64, happens bool) { return m.next(m.entries[to]) }

// next is the time from the member's entry to the first of the entries, in order, that does not
// come before it.
func (m member) next(entries []timestamp) (micros int64, happens bool) {
	for _, entry := range entries {
		if !m.cameAfter(entry) {
			return max(entry.at-m.at.at, 0), true
		}
	}
	return 0, false
}

// value is the money that the subject stands for at a stage.
func (s *subject) value(stage Stage) *big.Int {
	if stage.At == AtWon {
		return s.revenue
	}
	return s.pipeline
}

// subjects are all persons, then all opportunities that are no reversals.
func (w *world) subjects(conversions []Conversion) []*subject {
	type key struct{ conversionType, opportunity, person string }
	counted := map[key]Conversion{}
	for _, c := range conversions {
		if c.NotCounted == "" {
			counted[key{c.Type, c.OpportunityID, c.PersonID}] = c
		}
	}
	amount := func(c Conversion) *big.Int {
		if c.Amount == nil { // missing, or there is no such conversion
			return new(big.Int)
		}
		return c.Amount
	}
	entered := map[*deal][][]timestamp{}
	var deals []*subject
	for _, d := range w.deals {
		if d.ReversesOpportunityID != "" {
			continue
		}
		entered[d] = w.entriesOfDeal(d)
		pipeline, revenue := counted[key{Pipeline, d.OpportunityID, ""}], counted[key{Revenue, d.OpportunityID, ""}]
		s := &subject{unit: OpportunityUnit, deal: d, opportunityType: d.kind, entries: entered[d], pipeline: amount(pipeline), revenue: amount(revenue)}
		for _, stage := range w.options.Funnel {
			if stage.At == AtWon {
				s.firsts = append(s.firsts, revenue.firstTouch())
			} else {
				s.firsts = append(s.firsts, pipeline.firstTouch())
			}
		}
		deals = append(deals, s)
	}
	var persons []*subject
	for _, who := range w.people.all {
		s := &subject{unit: PersonUnit, who: who, opportunityType: newBusiness, pipeline: new(big.Int), revenue: new(big.Int)}
		s.entries = w.entriesOfPerson(who, entered)
		for place, stage := range w.options.Funnel {
			first := firstTouch{}
			if stage.Unit == PersonUnit {
				first = counted[key{StageID(w.options.Funnel, place), "", who.id}].firstTouch()
			}
			s.firsts = append(s.firsts, first)
		}
		persons = append(persons, s)
	}
	return append(persons, deals...)
}

// firstTouch is the first touch of the conversion's journey.
func (c Conversion) firstTouch() firstTouch {
	if c.journey == nil || len(c.journey.touches) == 0 {
		return firstTouch{Unattributed, Unattributed}
	}
	return firstTouch{c.journey.touches[0].channel, c.journey.touches[0].campaign}
}

func nextMonth(month string) int64 {
	first, err := time.Parse(time.DateOnly, month)
	if err != nil {
		panic(err) // the oracle itself wrote it
	}
	return first.AddDate(0, 1, 0).UnixMicro()
}
