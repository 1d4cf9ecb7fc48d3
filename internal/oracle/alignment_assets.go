package oracle

import (
	"math/big"
	"slices"
)

// BeforeLead is where a person stands that no entry has put anywhere yet.
const BeforeLead = "(before lead)"

// stageAt is where a person stood at a touch: by its last entry at or before it.
func (a *Aligned) stageAt(p *personStory, at int64) string {
	stage := BeforeLead
	for _, r := range p.rows {
		if !r.edit && r.at.at <= at {
			stage = a.options.nameOf(r.in)
		}
	}
	return stage
}

// AssetPerformance is what every asset was touched by, at which stage, and what it earned.
func (a *Aligned) AssetPerformance() []Cells {
	return a.touchPerformance("asset", func(t *touch) string { return t.asset })
}

// PersonaPerformance is the same by the persona of the person touched.
func (a *Aligned) PersonaPerformance() []Cells {
	return a.touchPerformance("persona", func(t *touch) string { return t.who.persona() })
}

// touchPerformance counts the touches that count, by the period in which they were made.
func (a *Aligned) touchPerformance(dimension string, member func(*touch) string) []Cells {
	type touched struct {
		persons       map[*person]bool
		touches       int
		units, credit map[string]*big.Int        // by type of conversion and opportunity
		influenced    map[string]map[string]bool // opportunities
	}
	t := newTable[touched]("basis", "period_type", "period_start", dimension, "stage")
	at := func(basis string, p calendarPeriod, member, stage string) *touched {
		row := t.at(basis, p.kind, p.start, member, stage)
		if row.persons == nil {
			*row = touched{map[*person]bool{}, 0, map[string]*big.Int{}, map[string]*big.Int{}, map[string]map[string]bool{}}
		}
		return row
	}
	for _, touch := range a.touches {
		p := a.stories[touch.who]
		if touch.excluded || p == nil || touch.at > a.asOf {
			continue
		}
		for _, period := range a.in(touch.at) {
			for _, stage := range []string{All, a.stageAt(p, touch.at)} {
				row := at(BasisCohort, period, member(touch), stage)
				row.persons[touch.who] = true
				row.touches++
			}
		}
	}
	for _, c := range a.credits {
		touch := a.touchOf(c)
		if touch == nil || a.stories[touch.who] == nil {
			continue
		}
		minor, units := a.primary(c)
		what := c.ConversionType + " " + c.OpportunityType
		for basis, instant := range map[string]int64{BasisCohort: touch.at, BasisPeriod: c.conversion.Anchor} {
			for _, period := range a.in(instant) {
				for _, stage := range []string{All, a.stageAt(a.stories[touch.who], touch.at)} {
					row := at(basis, period, member(touch), stage)
					add(row.units, what, units)
					add(row.credit, what, minor)
					if c.OpportunityID != "" && !slices.Contains(a.options.SalesChannels, touch.channel) {
						if row.influenced[what] == nil {
							row.influenced[what] = map[string]bool{}
						}
						row.influenced[what][c.OpportunityID] = true
					}
				}
			}
		}
	}
	return t.finish(func(row *touched, to Cells) {
		to["persons"], to["touches"] = count(len(row.persons)), count(row.touches)
		for what, units := range row.units {
			to["units "+what], to["credit "+what] = decimals(units, 6), a.minorText(row.credit[what])
			influenced := new(big.Int)
			for id := range row.influenced[what] {
				for _, c := range a.conversions {
					if c.OpportunityID == id && c.Type+" "+c.OpportunityType == what && c.Amount != nil && c.NotCounted == "" {
						influenced.Add(influenced, c.Amount)
					}
				}
			}
			to["influenced "+what] = a.minorText(influenced)
		}
	})
}

func add(to map[string]*big.Int, key string, n *big.Int) {
	if to[key] == nil {
		to[key] = new(big.Int)
	}
	to[key].Add(to[key], n)
}
