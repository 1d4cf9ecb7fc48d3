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
// size. The period is that of the close, and of open ones that of as-of.
func (a *Aligned) SalesCycle() []Cells {
	type cycle struct {
		won   []int64
		spans []span
	}
	t := newTable[cycle]("period_type", "period_start", "opportunity_type", "measured_from", "segment", "persona", "deal_size")
	for _, d := range a.dealStories {
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
			for _, p := range a.in(end) {
				for _, k := range [][3]string{{All, All, All}, {segment, All, All}, {All, persona, All}, {All, All, size}} {
					row := t.at(p.kind, p.start, d.kind, from, k[0], k[1], k[2])
					row.spans = append(row.spans, span{took, d.left})
					if d.wasWon {
						row.won = append(row.won, took)
					}
				}
			}
		}
	}
	return t.finish(func(c *cycle, to Cells) {
		to["won_n"], to["n"] = count(len(c.won)), count(len(c.spans))
		for name, percent := range map[string]int{"median": 50, "p75": 75, "p90": 90} {
			micros, known := plainQuantile(c.won, percent)
			to["won_"+name+"_days"] = daysText(micros, known)
		}
		kmDays(to, c.spans, "km")
	})
}

// sizeOf is the lower bound of the band of an opportunity's amount: "0" of the first one.
func (a *Aligned) sizeOf(d *dealStory) string {
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
	type firsts struct{ before []int64 }
	t := newTable[firsts]("period_type", "period_start", "opportunity_type")
	for _, d := range a.dealStories {
		touches := a.touchesBefore(d)
		if len(touches) == 0 || d.created.start > a.asOf {
			continue
		}
		first := slices.MinFunc(touches, func(x, y *touch) int { return int(min(1, max(-1, x.at-y.at))) })
		for _, p := range a.in(d.created.at) {
			row := t.at(p.kind, p.start, d.kind)
			row.before = append(row.before, max(0, d.created.at-first.at))
		}
	}
	return t.finish(func(f *firsts, to Cells) {
		to["n"] = count(len(f.before))
		for _, days := range coverageDays {
			covered := 0
			for _, before := range f.before {
				if before <= days*microsPerDay {
					covered++
				}
			}
			to["covered_"+count(int(days))] = decimals(millionths(int64(covered), int64(len(f.before))), 6)
		}
		for _, percent := range []int{90, 95, 99} {
			micros, _ := plainQuantile(f.before, percent)
			to["days_"+count(percent)] = count(int((micros + microsPerDay - 1) / microsPerDay))
		}
	})
}
