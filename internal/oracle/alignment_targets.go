package oracle

import (
	"fmt"
	"math/big"
	"slices"
)

// departmentsOfMetrics are the metrics that a target can name, and whose they are.
var departmentsOfMetrics = map[string]string{
	"leads": MarketingDepartment, "mqls": MarketingDepartment, "cost": MarketingDepartment,
	"sqls": SalesDepartment, "opportunities": SalesDepartment, "won": SalesDepartment, "pipeline": SalesDepartment, "revenue": SalesDepartment,
}

// Targets holds every target against what came of it by as-of.
func (a *Aligned) Targets() ([]Cells, error) {
	costs, err := costDays(a.given, a.money, costChannelsOf(channelsOf(a.given), a.touches), a.asOf, period{})
	if err != nil {
		return nil, err
	}
	var rows []Cells
	sums := map[[3]string]*big.Rat{} // several rows of one period and metric are one target
	for _, target := range a.given.Targets {
		amount, err := decimal(target.Amount)
		if err != nil {
			return nil, fmt.Errorf("targets: %w", err)
		}
		k := [3]string{target.PeriodStart, target.PeriodEnd, bareWord(target.Metric)}
		if sums[k] == nil {
			sums[k] = new(big.Rat)
		}
		sums[k].Add(sums[k], amount)
	}
	for k, amount := range sums {
		target := Target{PeriodStart: k[0], PeriodEnd: k[1], Metric: k[2]}
		first, err := parseDay(target.PeriodStart)
		if err != nil {
			return nil, fmt.Errorf("targets: %w", err)
		}
		last, err := parseDay(target.PeriodEnd)
		if err != nil {
			return nil, fmt.Errorf("targets: %w", err)
		}
		if !a.isKnown(k[2]) {
			rows = append(rows, Cells{"period_start": k[0], "period_end": k[1], "metric": k[2], "department": departmentsOfMetrics[k[2]],
				"target": sixDecimals(amount), "expected": sixDecimals(a.expectedByNow(amount, first, last))})
			continue // nobody knows what became of it
		}
		actual := a.actual(bareWord(target.Metric), first, last, costs)
		to := Cells{"period_start": target.PeriodStart, "period_end": target.PeriodEnd, "metric": bareWord(target.Metric),
			"department": departmentsOfMetrics[bareWord(target.Metric)], "target": sixDecimals(amount), "actual": sixDecimals(actual)}
		if amount.Sign() != 0 {
			to["share"] = sixDecimals(new(big.Rat).Quo(actual, amount))
		}
		days := last - first + 1
		elapsed := min(days, max(0, dayOf(a.asOf)-first+1))
		to["expected"] = sixDecimals(a.expectedByNow(amount, first, last))
		if left := days - elapsed; left > 0 {
			missing := new(big.Rat).Sub(amount, actual)
			if missing.Sign() < 0 {
				missing.SetInt64(0)
			}
			to["needed_per_week"] = sixDecimals(missing.Mul(missing, big.NewRat(7, left)))
		}
		rows = append(rows, to)
	}
	return rows, nil
}

// expectedByNow is the part of a target that the days up to as-of, its own included, should have
// brought.
func (a *Aligned) expectedByNow(amount *big.Rat, first, last int64) *big.Rat {
	days := last - first + 1
	return new(big.Rat).Mul(amount, big.NewRat(min(days, max(0, dayOf(a.asOf)-first+1)), days))
}

// isKnown reports whether the funnel has the stage of a metric, and anybody ever entered it.
func (a *Aligned) isKnown(metric string) bool {
	id := map[string]string{"mqls": "mql", "sqls": "sql"}[metric]
	place := slices.Index(a.options.PersonStages(), id)
	return id == "" || place >= 0 && a.isEntered(place)
}

// sixDecimals writes a number to six decimals.
func sixDecimals(n *big.Rat) string {
	return decimals(round(new(big.Rat).Mul(n, powerOfTen(6))), 6)
}

// actual is what a metric came to in the days of a target. Reversals count in its money alone.
func (a *Aligned) actual(metric string, first, last int64, costs []CostDay) *big.Rat {
	sum := new(big.Rat)
	unit := powerOfTen(exponent(a.money.currency))
	if metric == "cost" {
		for _, c := range costs {
			if c.Day >= first && c.Day <= last {
				sum.Add(sum, new(big.Rat).SetFrac(c.Micros, oneUnit))
			}
		}
		return sum
	}
	types := map[string]string{"leads": LeadStage, "mqls": "mql", "sqls": "sql", "opportunities": Pipeline, "pipeline": Pipeline, "won": Revenue, "revenue": Revenue}
	for _, c := range a.conversions {
		day := dayOf(c.Anchor)
		if c.Type != types[metric] || c.OpportunityType != newBusiness || c.NotCounted != "" || day < first || day > last || a.isInternal(c) {
			continue
		}
		switch {
		case metric == "pipeline" || metric == "revenue":
			if c.Amount != nil {
				sum.Add(sum, new(big.Rat).Quo(new(big.Rat).SetInt(c.Amount), unit))
			}
		case !c.Reversal:
			sum.Add(sum, big.NewRat(1, 1))
		}
	}
	return sum
}

// isInternal reports whether the conversion is of someone or something that stands in no report.
func (a *Aligned) isInternal(c Conversion) bool {
	if c.PersonID != "" {
		return a.histories[c.who] == nil
	}
	account := a.deals[c.OpportunityID].AccountID
	for _, test := range a.options.TestAccounts {
		if account == test && account != "" {
			return true
		}
	}
	return false
}
