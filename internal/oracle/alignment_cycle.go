package oracle

import (
	"math/big"
	"slices"
)

// Starts of a sales cycle.
const (
	FromCreation   = "creation"
	FromFirstTouch = "first_touch"
	FromLead       = "lead"
)

// SalesCycle is how long opportunities take to close, by segment, persona of the primary contact or
// size: on the basis period the wins of a period, on the basis cohort everything created in it.
func (a *Aligned) SalesCycle() []Cells {
	type cycle struct {
		won   []int64
		spans []span
	}
	t := newTable[cycle]("basis", "period_type", "period_start", "opportunity_type", "segment", "persona", "deal_size", "measured_from")
	for _, d := range a.dealHistories {
		if d.homeless || d.created.start > a.asOf {
			continue
		}
		end, when := a.asOf, timestamp{a.asOf, a.asOf, a.asOf}
		if d.left {
			end, when = d.leftAt, d.leftWhen
		}
		starts := map[string]int64{FromCreation: d.created.at}
		if touches := a.journeyTo(d, when); len(touches) > 0 {
			starts[FromFirstTouch] = touches[0].at
		}
		for _, p := range a.membersOf(d) {
			if p.becameLead && p.leadAt.start <= a.asOf {
				earliest, known := starts[FromLead]
				if !known || p.leadAt.at < earliest {
					starts[FromLead] = p.leadAt.at
				}
			}
		}
		segment, persona, size := a.segmentOf(d.AccountID), a.primaryPersona(d), a.sizeOf(d)
		for from, start := range starts {
			took := max(0, end-start)
			bases := map[string][]calendarPeriod{BasisCohort: a.in(d.created.at)}
			if d.wasWon {
				bases[BasisPeriod] = a.in(d.leftAt)
			}
			for basis, periods := range bases {
				for _, p := range periods {
					keys := [][3]string{{All, All, All}}
					if p.kind == "all" {
						keys = append(keys, [3]string{segment, All, All}, [3]string{All, persona, All}, [3]string{All, All, size})
					}
					for _, k := range keys {
						row := t.at(basis, p.kind, p.start, d.kind, k[0], k[1], k[2], from)
						if basis == BasisCohort {
							row.spans = append(row.spans, span{took, d.left})
						}
						if d.wasWon {
							row.won = append(row.won, took)
						}
					}
				}
			}
		}
	}
	return t.finish(func(c *cycle, to Cells) {
		closed := 0
		for _, s := range c.spans {
			if s.event {
				closed++
			}
		}
		to["won"], to["watched"], to["closed"] = count(len(c.won)), count(len(c.spans)), count(closed)
		for name, percent := range map[string]int{"median": 50, "p75": 75, "p90": 90} {
			micros, known := plainQuantile(c.won, percent)
			to["won_"+name+"_days"] = daysText(micros, known)
		}
		kmDays(to, c.spans, "km")
	})
}

// sizeOf is the lower bound of the band of an opportunity's amount: "0" of the first one.
func (a *Aligned) sizeOf(d *dealHistory) string {
	amount := (*big.Int)(nil)
	for _, c := range a.conversions {
		if c.OpportunityID == d.OpportunityID && c.NotCounted == "" && (c.Type == Pipeline && !d.wasWon || c.Type == Revenue && d.wasWon) {
			amount = c.Amount
		}
	}
	if amount == nil {
		return None
	}
	band := "0"
	for _, bound := range a.options.Alignment.DealSizes {
		low, err := decimal(bound)
		if err != nil {
			panic(err)
		}
		low.Mul(low, powerOfTen(exponent(a.money.currency)))
		if new(big.Rat).SetInt(amount).Cmp(low) >= 0 {
			band = bound
		}
	}
	return band
}

// coverageDays are the look-backs whose coverage is shown.
var coverageDays = []int64{30, 60, 90, 180, 365, 540, 730}

// LookbackCoverage says how far before the creation of an opportunity the first touch of its group
// lies, and which look-back would cover most of them.
func (a *Aligned) LookbackCoverage() []Cells {
	type firsts struct {
		opportunities int
		before        []int64
	}
	t := newTable[firsts]("opportunity_type", "segment")
	for _, d := range a.dealHistories {
		if d.created.start > a.asOf || !a.within.holds(d.created.at) {
			continue
		}
		touches := a.touchesBefore(d)
		for _, k := range [][2]string{{All, All}, {d.kind, All}, {d.kind, a.segmentOf(d.AccountID)}} {
			row := t.at(k[0], k[1])
			row.opportunities++
			if len(touches) > 0 { // they are in order
				row.before = append(row.before, max(0, d.created.at-touches[0].at))
			}
		}
	}
	var rows []Cells
	t.finish(func(f *firsts, to Cells) {
		all := append(slices.Clone(coverageDays), int64(a.options.LookbackDays))
		slices.Sort(all)
		for _, days := range slices.Compact(all) {
			row := Cells{"days": count(int(days)), "opportunities": count(f.opportunities), "touched": count(len(f.before))}
			for column, value := range to {
				row[column] = value
			}
			covered := 0
			for _, before := range f.before {
				if before <= days*microsPerDay {
					covered++
				}
			}
			row["covered"] = count(covered)
			rateCells(row, "coverage", covered, len(f.before))
			for _, percent := range []int{90, 95, 99} {
				if micros, known := plainQuantile(f.before, percent); known {
					row["days_for_"+count(percent)] = count(int((micros + microsPerDay - 1) / microsPerDay))
				}
			}
			rows = append(rows, row)
		}
	})
	return rows
}
