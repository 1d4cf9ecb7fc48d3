package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// PersonPath is the path of a person's conversion: nobody else's touches serve it.
const PersonPath = "person"

// nameEveryone gives every person the least of its ids: of its contacts, else of its leads, else of
// what is anonymous, else the e-mail that is all one knows of it.
func (p *people) nameEveryone() {
	least := map[*person]map[string]string{} // by kind
	for n, who := range p.of {
		if least[who] == nil {
			least[who] = map[string]string{}
		}
		if known, found := least[who][n.kind]; !found || n.id < known {
			least[who][n.kind] = n.id
		}
	}
	for who, ids := range least {
		for _, kind := range []string{emailKind, anonymousKind, leadKind, contactKind} {
			if id, found := ids[kind]; found {
				who.id = kind + ":" + id
			}
		}
	}
}

// first is when the person first entered a stage of its own, if ever.
func (who *person) first(stage string) (at timestamp, happens bool) {
	if stage == LeadStage {
		return who.leadAt, who.becameLead
	}
	if len(who.entered[stage]) == 0 {
		return timestamp{}, false
	}
	return who.entered[stage][0], true
}

// personConversions lists the first entry of every person to every stage of persons, stage by
// stage.
func (w *world) personConversions() []Conversion {
	everyone := slices.SortedFunc(slices.Values(w.people.all), func(a, b *person) int { return cmp.Compare(a.id, b.id) })
	var all []Conversion
	for _, stage := range w.options.PersonStages() {
		for _, who := range everyone {
			at, happens := who.first(stage)
			if !happens {
				continue
			}
			c := Conversion{Type: stage, PersonID: who.id, OpportunityType: newBusiness, Anchor: at.at, Amount: new(big.Int),
				Units: new(big.Int).Set(oneUnit), who: who}
			if at.start > w.asOf {
				c.NotCounted = AfterAsOf
			} else {
				c.journey = w.journeyOfPerson(who, stage, at)
				c.Path, c.Reason = c.journey.path, c.journey.reason
			}
			all = append(all, c)
		}
	}
	return all
}

// journeyOfPerson is the person's own eligible touches in the look-back, which counts from the
// anchor.
func (w *world) journeyOfPerson(who *person, stage string, anchor timestamp) *journey {
	j := &journey{conversionType: stage, ofPerson: true, anchor: anchor, path: PersonPath, lc: -1}
	alone := group{who: always(PersonPath)}
	j.group = alone
	j.touches = w.eligible(alone, anchor.at-int64(w.options.PersonLookbackDays)*microsPerDay, anchor)
	if len(j.touches) == 0 {
		j.reason = w.reasonOfTouches(alone, anchor)
		return j
	}
	j.lc = w.leadCreation(j)
	return j
}
