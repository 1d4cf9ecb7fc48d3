package oracle

import (
	"math/big"
	"slices"
)

// BeforeLead is where a person stands that no entry has put anywhere yet.
const BeforeLead = "(before lead)"

// stageAt is where a person stood at a touch: by its last entry at or before it.
func (a *Aligned) stageAt(p *personHistory, at int64) string {
	stage := BeforeLead
	for _, r := range p.rows {
		if !r.edit && r.at.at <= at {
			stage = a.options.nameOf(r.in)
		}
	}
	return stage
}

// AssetPerformance is what every asset was touched by, at which stage, and what it earned: rows of
// an asset, and those of one of its personas or stages.
func (a *Aligned) AssetPerformance() []Cells {
	return a.touchPerformance([]string{"asset", "persona", "stage"}, func(asset, persona, stage string) [][]string {
		keys := [][]string{{All, All, All}, {asset, All, All}}
		if asset != Unattributed {
			keys = append(keys, []string{asset, All, stage}, []string{asset, persona, All})
		}
		return keys
	})
}

// PersonaPerformance is the same by the persona of the person touched, and the stage.
func (a *Aligned) PersonaPerformance() []Cells {
	return a.touchPerformance([]string{"persona", "stage"}, func(_, persona, stage string) [][]string {
		keys := [][]string{{All, All}, {persona, All}}
		if persona != Unattributed {
			keys = append(keys, []string{persona, stage}, []string{All, stage})
		}
		return keys
	})
}

// reached is the figures of a place.
type reached struct {
	persons, assets           map[string]bool
	touches                   int
	units, credit, influenced map[string]*big.Int // by type of conversion
	open, influencedOpen      big.Int
	seen                      map[string]bool // opportunities that are in the influenced amounts
}

func newReached() reached {
	return reached{map[string]bool{}, map[string]bool{}, 0, map[string]*big.Int{}, map[string]*big.Int{}, map[string]*big.Int{}, big.Int{}, big.Int{}, map[string]bool{}}
}

// touchPerformance counts the touches that count and the credit of the conversions of the reporting
// period, in every place that keys lists.
func (a *Aligned) touchPerformance(columns []string, keys func(asset, persona, stage string) [][]string) []Cells {
	t := newTable[reached](append([]string{"opportunity_type"}, columns...)...)
	places := func(opportunityType string, touch *touch) []*reached {
		var found []*reached
		asset, persona, stage := Unattributed, Unattributed, Unattributed
		if touch != nil {
			asset, persona, stage = touch.asset, touch.who.persona(), a.stageAt(a.histories[touch.who], touch.at)
		}
		for _, k := range keys(asset, persona, stage) {
			row := t.at(append([]string{opportunityType}, k...)...)
			if row.persons == nil {
				*row = newReached()
			}
			found = append(found, row)
		}
		return found
	}
	for _, touch := range a.touches {
		if touch.excluded || a.histories[touch.who] == nil || touch.at > a.asOf || !a.within.holds(touch.at) {
			continue
		}
		for _, row := range places(newBusiness, touch) {
			row.persons[touch.who.id] = true
			row.touches++
			if touch.asset != None {
				row.assets[touch.asset] = true
			}
		}
	}
	for _, c := range a.credits {
		if !a.within.holds(c.conversion.Anchor) {
			continue
		}
		touch := a.touchOf(c)
		minor, units := a.primary(c)
		for _, row := range places(c.OpportunityType, touch) {
			add(row.units, c.ConversionType, units)
			add(row.credit, c.ConversionType, minor)
			open := c.ConversionType == Pipeline && c.conversion.Open
			if open {
				row.open.Add(&row.open, minor)
			}
			once := c.ConversionType + " " + c.OpportunityID
			if touch == nil || c.OpportunityID == "" || slices.Contains(a.options.SalesChannels, touch.channel) || row.seen[once] {
				continue
			}
			row.seen[once] = true
			if !c.conversion.Reversal {
				add(row.influenced, c.ConversionType+" count", big.NewInt(1))
			}
			if c.conversion.Amount != nil {
				add(row.influenced, c.ConversionType, c.conversion.Amount)
				if open {
					row.influencedOpen.Add(&row.influencedOpen, c.conversion.Amount)
				}
			}
		}
	}
	return t.finish(func(row *reached, to Cells) {
		n := func(from map[string]*big.Int, key string) *big.Int {
			if from[key] == nil {
				return new(big.Int)
			}
			return from[key]
		}
		to["persons"], to["touches"], to["assets"] = count(len(row.persons)), count(row.touches), count(len(row.assets))
		for column, conversion := range map[string]string{"leads": LeadStage, "mqls": "mql", "sqls": "sql", "opportunities": Pipeline, "won": Revenue} {
			to[column] = decimals(n(row.units, conversion), 6)
		}
		for column, conversion := range map[string]string{"pipeline": Pipeline, "revenue": Revenue} {
			to[column], to["influenced_"+column] = a.minorText(n(row.credit, conversion)), a.minorText(n(row.influenced, conversion))
		}
		to["open_pipeline"], to["influenced_open_pipeline"] = a.minorText(&row.open), a.minorText(&row.influencedOpen)
		to["influenced_opportunities"], to["influenced_won"] = n(row.influenced, Pipeline+" count").String(), n(row.influenced, Revenue+" count").String()
	})
}

func add(to map[string]*big.Int, key string, n *big.Int) {
	if to[key] == nil {
		to[key] = new(big.Int)
	}
	to[key].Add(to[key], n)
}
