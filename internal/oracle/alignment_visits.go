package oracle

import (
	"cmp"
	"slices"
)

// How a unit leaves a stage.
const (
	Forward = "forward"
	Back    = "back"
	Out     = "out"
	WonExit = "won"
	Lost    = "lost"
)

// visit is one stay of a unit in a stage or a word.
type visit struct {
	in       standing
	entry    timestamp
	entered  int64
	gone     bool
	left     int64
	exit     string
	byDeal   bool // the creation of an opportunity took the person out
	isReturn bool // the unit stood there before
	isSide   bool // the first stage of the unit, and not the first of its kind
}

// leave ends the last stay.
func leave(visits []visit, at int64, exit string) {
	last := &visits[len(visits)-1]
	last.gone, last.left, last.exit = true, max(at, last.entered), exit
}

// exitTo says how a unit goes from where it stands to somewhere else. From a word it is the last
// stage that counts.
func exitTo(visits []visit, to standing) string {
	if to.place < 0 {
		return Out
	}
	for _, v := range slices.Backward(visits) {
		if v.in.place >= 0 {
			if to.place > v.in.place {
				return Forward
			}
			return Back
		}
	}
	return Forward
}

// visitsOfPerson lets the person go from entry to entry, and out at the creation of the first
// opportunity in which it has a role, not before the entry by which it came in.
func (a *Aligned) visitsOfPerson(p *personHistory) []visit {
	var visits []visit
	pending := slices.Clone(p.roles)
	goOut := func(before *historyRow) {
		for len(visits) > 0 && !visits[len(visits)-1].gone && len(pending) > 0 {
			created := pending[0].created
			first := a.firstSinceIn(visits)
			if created.before(first) {
				pending = pending[1:] // it was there before the person came in
				continue
			}
			at := max(created.at, first.at)
			if before != nil && before.at.at <= at { // at one instant, its own row goes first
				return
			}
			leave(visits, at, Forward)
			visits[len(visits)-1].byDeal = true
			pending = pending[1:]
		}
	}
	for i := range p.rows {
		r := &p.rows[i]
		if r.edit {
			continue
		}
		goOut(r)
		if len(visits) > 0 && !visits[len(visits)-1].gone {
			leave(visits, r.at.at, exitTo(visits, r.in))
		}
		visits = append(visits, visit{in: r.in, entry: r.at, entered: r.at.at})
	}
	goOut(nil)
	return markReturns(a.options, visits, PersonUnit)
}

// firstSinceIn is the entry by which a person came in, at first or after it went out with an
// opportunity.
func (a *Aligned) firstSinceIn(visits []visit) timestamp {
	i := len(visits) - 1
	for i > 0 && !visits[i-1].byDeal {
		i--
	}
	return visits[i].entry
}

// visitsOfDeal lets the opportunity go from stage to stage until it is won or lost.
func (a *Aligned) visitsOfDeal(d *dealHistory) []visit {
	if d.homeless {
		return nil
	}
	won := slices.IndexFunc(a.options.Funnel, func(s Stage) bool { return s.At == AtWon })
	var visits []visit
	for _, r := range d.rows {
		if r.edit || r.step {
			continue
		}
		after := d.left && (r.at.at > d.leftAt || r.at.at == d.leftAt && d.wasWon && won >= 0 && r.in.place >= won)
		if after && !(r.implied && len(visits) == 0) {
			continue // it stands in nothing after; one that was closed before it was created comes and goes at once
		}
		if len(visits) > 0 {
			leave(visits, r.at.at, exitTo(visits, r.in))
		}
		visits = append(visits, visit{in: r.in, entry: r.at, entered: r.at.at})
	}
	if len(visits) > 0 && d.left {
		exit := Lost
		if d.wasWon {
			exit = WonExit
		}
		leave(visits, min(d.leftAt, a.asOf), exit) // the bare day of as-of ends after it
	}
	return markReturns(a.options, visits, OpportunityUnit)
}

// markReturns says which stays are returns, and which are side entrances.
func markReturns(o Options, visits []visit, unit string) []visit {
	first := slices.IndexFunc(o.Funnel, func(s Stage) bool { return s.Unit == unit })
	seen := map[standing]bool{}
	staged := false
	for i := range visits {
		v := &visits[i]
		v.isReturn = seen[v.in]
		seen[v.in] = true
		if v.in.place >= 0 && !staged {
			staged = true
			v.isSide = v.in.place != first
		}
	}
	return visits
}

// stay is one visit of any unit, with what reports need of the unit.
type unitVisit struct {
	visit
	unit, opportunityType string
	person                *personHistory
	deal                  *dealHistory
}

// allVisits lists the stays of all persons and opportunities.
func (a *Aligned) allVisits() []unitVisit {
	var all []unitVisit
	for _, p := range a.persons {
		for _, v := range p.visits {
			all = append(all, unitVisit{visit: v, unit: PersonUnit, opportunityType: newBusiness, person: p})
		}
	}
	for _, d := range a.dealHistories {
		for _, v := range d.visits {
			all = append(all, unitVisit{visit: v, unit: OpportunityUnit, opportunityType: d.kind, deal: d})
		}
	}
	slices.SortStableFunc(all, func(x, y unitVisit) int { return cmp.Compare(x.entered, y.entered) })
	return all
}

// nameOf is the name of the stage in which a unit stands, or its plain word.
func (o Options) nameOf(s standing) string {
	if s.place < 0 {
		return s.word
	}
	return o.Funnel[s.place].Name
}
