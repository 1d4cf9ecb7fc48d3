package oracle

import (
	"cmp"
	"math/big"
	"slices"
)

// performed is the credit and the cost of a row of the performance reports.
type performed struct {
	Measures
	provisional *big.Int
}

func nothingPerformed() *performed { return &performed{noMeasures(), new(big.Int)} }

// unitsOf are the credited units of a kind, in millionths: nil where nobody in all of the data ever
// came to the stage, or the funnel has none.
func (a *Aligned) unitsOf(m Measures, kind string) *big.Int {
	switch kind {
	case Pipeline:
		return m.Opportunities
	case Revenue:
		return m.Won
	}
	if !slices.ContainsFunc(a.conversions, func(c Conversion) bool { return c.Type == kind && c.NotCounted == "" }) {
		return nil
	}
	return cmp.Or(m.Stages[kind], new(big.Int))
}

// unitColumns are what the units of a kind are called: in the column of their number, and in that of
// their cost.
func (o Options) unitColumns() [][3]string {
	all := [][3]string{{LeadStage, "leads", "lead"}, {"mql", "mqls", "mql"}, {"sql", "sqls", "sql"}, {Pipeline, "opportunities", "opportunity"}, {Revenue, "won", "won"}}
	for _, id := range o.PersonStages() {
		if !slices.Contains([]string{LeadStage, "mql", "sql"}, id) {
			all = append(all, [3]string{id, id + "s", id})
		}
	}
	return all
}

// PeriodPerformance is credit and cost by period, basis and channel, under the primary model.
func (a *Aligned) PeriodPerformance() []Cells {
	type group struct{ basis, kind, start, opportunityType string }
	type key struct {
		group
		channel string
	}
	labels := map[group]string{}
	rows, company := map[key]*performed{}, map[group]*performed{}
	at := func(basis, opportunityType, channel string, instant int64) []*performed {
		var found []*performed
		for _, p := range a.in(instant) {
			g := group{basis, p.kind, p.start, opportunityType}
			k := key{g, channel}
			if rows[k] == nil {
				rows[k] = nothingPerformed()
			}
			if company[g] == nil {
				company[g], labels[g] = nothingPerformed(), p.label
			}
			found = append(found, rows[k], company[g])
		}
		return found
	}
	for _, c := range a.credits {
		for basis, instant := range map[string]int64{BasisPeriod: c.conversion.Anchor, BasisCohort: c.At} {
			for _, to := range at(basis, c.OpportunityType, c.Channel, instant) {
				to.add(c, a.options.Alignment.PrimaryModel)
			}
		}
	}
	for _, d := range a.costs {
		for _, basis := range []string{BasisPeriod, BasisCohort} {
			for _, to := range at(basis, newBusiness, d.Channel, d.Day*microsPerDay) {
				to.CostMicros.Add(to.CostMicros, d.Micros)
				if d.Provisional {
					to.provisional.Add(to.provisional, d.Micros)
				}
			}
		}
	}
	var all []Cells
	for k, row := range rows {
		to := Cells{"basis": k.basis, "period_type": k.kind, "period_start": k.start, "period_label": labels[k.group],
			"opportunity_type": k.opportunityType, "channel": k.channel}
		a.performanceCells(to, row, company[k.group])
		all = append(all, to)
	}
	return all
}

// performanceCells writes the measures of a row and the ratios between them; company is what all rows
// of its basis, period and type come to.
func (a *Aligned) performanceCells(to Cells, row, company *performed) {
	to["model"] = a.options.Alignment.PrimaryModel
	to["cost"], to["provisional_cost"] = decimals(row.CostMicros, 6), decimals(row.provisional, 6)
	to["pipeline"], to["open_pipeline"], to["revenue"] = a.minorText(row.Pipeline), a.minorText(row.OpenPipeline), a.minorText(row.Revenue)
	hasCost, lacksUnits := row.CostMicros.Sign() != 0, false
	perUnit := func(cost, units *big.Int) string {
		if cost.Sign() == 0 {
			return ""
		}
		return quotient(cost, units, 1)
	}
	for _, names := range a.options.unitColumns() {
		kind, number, name := names[0], names[1], names[2]
		units := a.unitsOf(row.Measures, kind)
		to[number] = decimals(units, 6)
		to["cost_per_"+name] = perUnit(row.CostMicros, units)
		to["cost_per_"+name+"_all"] = perUnit(company.CostMicros, a.unitsOf(company.Measures, kind))
		lacksUnits = lacksUnits || units != nil && units.Sign() == 0
	}
	to["mql_to_sql"] = quotient(a.unitsOf(row.Measures, "sql"), a.unitsOf(row.Measures, "mql"), 1)
	switch {
	case !hasCost:
		to["ratio_reason"] = "no_cost"
	case lacksUnits:
		to["ratio_reason"] = "no_units"
	}
	if hasCost {
		revenue := new(big.Rat).Quo(new(big.Rat).SetInt(row.Revenue), powerOfTen(exponent(a.money.currency)))
		cost := new(big.Rat).SetFrac(row.CostMicros, oneUnit)
		share := func(revenue *big.Rat) *big.Rat { return new(big.Rat).Quo(revenue, cost) }
		one := big.NewRat(1, 1)
		to["roas"] = sixDecimals(share(revenue))
		to["roi"] = sixDecimals(new(big.Rat).Sub(share(revenue), one))
		to["roi_on_margin"] = sixDecimals(new(big.Rat).Sub(share(new(big.Rat).Mul(revenue, margin)), one))
	}
}
