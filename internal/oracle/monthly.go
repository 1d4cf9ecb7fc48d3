package oracle

import (
	"cmp"
	"slices"
	"time"
)

// MonthRow is one row of monthly_performance.
type MonthRow struct {
	Basis, OpportunityType, Model string
	Month                         string // its first day, 2025-03-01
	Channel                       string
	Measures
}

func monthOf(micros int64) string { return time.UnixMicro(micros).UTC().Format("2006-01") + "-01" }

// monthly sums credit and cost of the reporting period by calendar month and channel: the month of
// the anchor on the basis period, of the touch on the basis cohort, of the day for cost.
func monthly(r Result, within period) []MonthRow {
	type key struct{ basis, opportunityType, model, month, channel string }
	rows := map[key]Measures{}
	row := func(k key) Measures {
		if _, known := rows[k]; !known {
			rows[k] = noMeasures()
		}
		return rows[k]
	}
	for _, m := range r.Models {
		for _, c := range r.Credits {
			if anchor := c.conversion.Anchor; within.holds(anchor) {
				row(key{BasisPeriod, c.OpportunityType, m, monthOf(anchor), c.Channel}).add(c, m)
			}
			if within.holds(c.At) {
				row(key{BasisCohort, c.OpportunityType, m, monthOf(c.At), c.Channel}).add(c, m)
			}
		}
		for _, d := range r.CostDays {
			for _, basis := range []string{BasisPeriod, BasisCohort} {
				cost := row(key{basis, newBusiness, m, monthOf(d.Day * microsPerDay), d.Channel}).CostMicros
				cost.Add(cost, d.Micros)
			}
		}
	}
	var all []MonthRow
	for k, measures := range rows {
		all = append(all, MonthRow{k.basis, k.opportunityType, k.model, k.month, k.channel, measures})
	}
	slices.SortFunc(all, func(a, b MonthRow) int {
		return cmp.Or(cmp.Compare(a.Basis, b.Basis), cmp.Compare(a.OpportunityType, b.OpportunityType),
			cmp.Compare(a.Model, b.Model), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Channel, b.Channel))
	})
	return all
}
