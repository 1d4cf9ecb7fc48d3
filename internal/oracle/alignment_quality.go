package oracle

import (
	"math/big"
	"slices"
	"strings"
)

// fit and interest of a person are those of its newest lead.
func (a *Aligned) fitOf(p *personHistory) string {
	l := p.newestLead()
	switch {
	case l == nil || l.FitGrade == "":
		return "unknown"
	case holdsWord(a.options.Alignment.FitGood, l.FitGrade):
		return "good"
	case holdsWord(a.options.Alignment.FitBad, l.FitGrade):
		return "bad"
	}
	return "unknown"
}

func (a *Aligned) interestOf(p *personHistory) string {
	l := p.newestLead()
	if l == nil || l.InterestScore == "" {
		return "unknown"
	}
	score, err := decimal(l.InterestScore)
	if err != nil {
		return "unknown"
	}
	high, err := decimal(a.options.Alignment.InterestHigh)
	if err != nil {
		panic(err)
	}
	if score.Cmp(high) >= 0 {
		return "high"
	}
	return "low"
}

// leadsInFunnel are the persons as the funnel follows them, with the member that each is at the
// first stage.
func (a *Aligned) leadsInFunnel() map[*personHistory]member {
	entered := map[*deal][][]timestamp{}
	for _, d := range a.world.deals { // as in the funnel, those of test accounts are among them
		if d.ReversesOpportunityID == "" {
			entered[d] = a.entriesOfDeal(d)
		}
	}
	found := map[*personHistory]member{}
	for _, p := range a.persons {
		s := &subject{unit: PersonUnit, entries: a.entriesOfPerson(p.person, entered), firsts: make([]firstTouch, len(a.options.Funnel))}
		if m, known := s.at(a.options.Funnel, 0); known {
			found[p] = m
		}
	}
	return found
}

// conversionStages are the places of MQL, SQL and won, -1 where the funnel has none.
func (o Options) conversionStages() map[string]int {
	ids := o.PersonStages()
	return map[string]int{"mql": slices.Index(ids, "mql"), "sql": slices.Index(ids, "sql"),
		"won": slices.IndexFunc(o.Funnel, func(s Stage) bool { return s.At == AtWon })}
}

// converts reports whether the member comes to a stage within its horizon.
func (a *Aligned) converts(m member, to int) bool {
	took, happens := m.event(a.options.Funnel, to)
	return happens && took <= int64(a.options.Funnel[to].WithinDays)*microsPerDay
}

// FitInterest is what became of the leads of every cell of fit and interest.
func (a *Aligned) FitInterest() []Cells {
	type cellOf struct {
		leads     int
		converted map[string]int
		revenue   big.Int
	}
	revenue := map[*person]map[string]*big.Int{} // by type
	for _, c := range a.credits {
		if t := a.touchOf(c); t != nil && c.ConversionType == Revenue {
			if revenue[t.who] == nil {
				revenue[t.who] = map[string]*big.Int{}
			}
			if revenue[t.who][c.OpportunityType] == nil {
				revenue[t.who][c.OpportunityType] = new(big.Int)
			}
			minor, _ := a.primary(c)
			revenue[t.who][c.OpportunityType].Add(revenue[t.who][c.OpportunityType], minor)
		}
	}
	stages := a.options.conversionStages()
	t := newTable[cellOf]("period_type", "period_start", "opportunity_type", "fit", "interest")
	for p, m := range a.leadsInFunnel() {
		if !m.recorded {
			continue // it never became a lead: a later stage alone implies it
		}
		for _, period := range a.in(m.at.at) {
			for _, k := range combinations(a.fitOf(p), a.interestOf(p)) {
				row := t.at(period.kind, period.start, newBusiness, k[0], k[1])
				if row.converted == nil {
					row.converted = map[string]int{}
				}
				row.leads++
				for name, place := range stages {
					if place > 0 && a.converts(m, place) {
						row.converted[name]++
					}
				}
				for kind, amount := range revenue[p.person] {
					of := t.at(period.kind, period.start, kind, k[0], k[1])
					of.revenue.Add(&of.revenue, amount)
				}
			}
		}
	}
	return t.finish(func(c *cellOf, to Cells) {
		to["leads"], to["revenue"] = count(c.leads), a.minorText(&c.revenue)
		for name, place := range stages {
			if place > 0 && a.isEntered(place) {
				to[name] = count(c.converted[name])
				rateCells(to, name, c.converted[name], c.leads)
			}
		}
	})
}

// isEntered reports whether anybody ever entered a stage that only the history knows; else nothing is
// known about it.
func (a *Aligned) isEntered(place int) bool {
	if a.options.Funnel[place].At != "" {
		return true
	}
	return slices.ContainsFunc(a.world.members(a.conversions), func(m member) bool { return m.place == place && m.recorded })
}

// touchOf is the touch of a credit row, nil of unattributed credit.
func (a *Aligned) touchOf(c CreditRow) *touch {
	for _, t := range a.touches {
		if t.id == c.TouchID && c.TouchID != "" {
			return t
		}
	}
	return nil
}

// Values of a fact of BANT, best first.
var bantValues = []string{"yes", "no", "unknown"}

func bantValue(text string) string {
	switch strings.ToLower(text) {
	case "yes", "true", "1":
		return "yes"
	case "no", "false", "0":
		return "no"
	}
	return "unknown"
}

// bantFacts are the names of the four, and where a lead has them.
var bantFacts = []struct {
	name string
	of   func(Lead) string
}{
	{"budget", func(l Lead) string { return l.BANTBudget }}, {"authority", func(l Lead) string { return l.BANTAuthority }},
	{"need", func(l Lead) string { return l.BANTNeed }}, {"timeframe", func(l Lead) string { return l.BANTTimeframe }},
}

// BANT is the win rate of the opportunities closed in a period, by the number of facts that are
// yes, and by fact and value.
func (a *Aligned) BANT() []Cells {
	type closed struct {
		closedDeals
		known int
	}
	t := newTable[closed]("period_type", "period_start", "opportunity_type", "yes_facts", "fact", "answer")
	for _, d := range a.dealHistories {
		if !d.left {
			continue
		}
		yes, known := 0, 0
		values := map[string]string{}
		for _, fact := range bantFacts {
			best := len(bantValues) - 1
			for _, p := range a.membersOf(d) {
				for _, l := range p.leads {
					best = min(best, slices.Index(bantValues, bantValue(fact.of(l))))
				}
			}
			values[fact.name] = bantValues[best]
			if best == 0 {
				yes++
			}
			if best < 2 {
				known++
			}
		}
		for _, p := range a.in(d.leftAt) {
			keys := [][3]string{{All, All, All}, {count(yes), All, All}}
			for name, value := range values {
				keys = append(keys, [3]string{All, name, value})
			}
			for _, k := range keys {
				row := t.at(p.kind, p.start, d.kind, k[0], k[1], k[2])
				row.known += known
				row.add(a, d)
			}
		}
	}
	return t.finish(func(c *closed, to Cells) {
		c.cells(a, to)
		to["closed"] = count(c.won + c.lost)
		to["known_facts"] = count(c.known)
		to["completeness"] = decimals(millionths(int64(c.known), int64(4*(c.won+c.lost))), 6)
	})
}
