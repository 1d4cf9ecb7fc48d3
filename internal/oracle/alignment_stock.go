package oracle

import (
	"math/big"
	"strings"
)

// FunnelStock is how many units stood in every stage and word at the start and at the end of every
// period, and how they came and went.
func (a *Aligned) FunnelStock() []Cells {
	type stock struct {
		start, entered, end int
		left                map[string]int
	}
	t := newTable[stock]("period_type", "period_start", "unit", "opportunity_type", "stage", "department")
	for _, v := range a.allVisits() {
		for _, p := range a.periods {
			row := t.at(p.kind, p.start, v.unit, v.opportunityType, a.options.nameOf(v.in), a.options.department(v.in))
			if row.left == nil {
				row.left = map[string]int{}
			}
			if v.entered < p.from && (!v.gone || v.left >= p.from) {
				row.start++
			}
			if p.holds(v.entered) {
				row.entered++
			}
			if v.gone && p.holds(v.left) {
				row.left[v.exit]++
			}
			if v.entered < p.to && (!v.gone || v.left >= p.to) {
				row.end++
			}
		}
	}
	return t.finish(func(s *stock, to Cells) {
		left := 0
		for _, exit := range []string{Forward, Back, Out, WonExit, Lost} {
			to["left_"+exit] = count(s.left[exit])
			left += s.left[exit]
		}
		to["stock_start"], to["entered"], to["left"], to["stock_end"] = count(s.start), count(s.entered), count(left), count(s.end)
	})
}

// Jurisdiction is who stands where as of the run, and since when the first of them.
func (a *Aligned) Jurisdiction() []Cells {
	type stockRow struct {
		units  int
		oldest int64
	}
	t := newTable[stockRow]("unit", "opportunity_type", "stage", "department")
	for _, v := range a.allVisits() {
		if v.gone {
			continue
		}
		row := t.at(v.unit, v.opportunityType, a.options.nameOf(v.in), a.options.department(v.in))
		if row.units == 0 || v.entered < row.oldest {
			row.oldest = v.entered
		}
		row.units++
	}
	return t.finish(func(s *stockRow, to Cells) {
		to["units"] = count(s.units)
		to["oldest_days"] = daysText(max(0, a.asOf-s.oldest), true)
		to["oldest"] = instantText(s.oldest)
	})
}

// FunnelVelocity is how long units stay in a stage, by the period in which they entered it. by
// names a further dimension, "" for none: segment, persona, campaign.
func (a *Aligned) FunnelVelocity() []Cells {
	type stays struct {
		spans               []span
		open, returns, side int
		value               *big.Int
	}
	t := newTable[stays]("period_type", "period_start", "unit", "opportunity_type", "stage")
	for _, v := range a.allVisits() {
		if v.in.place < 0 {
			continue
		}
		for _, p := range a.in(v.entered) {
			row := t.at(p.kind, p.start, v.unit, v.opportunityType, a.options.nameOf(v.in))
			if v.gone {
				row.spans = append(row.spans, span{v.left - v.entered, true})
			} else {
				row.open++
				row.spans = append(row.spans, span{max(0, a.asOf-v.entered), false})
			}
			if v.isReturn {
				row.returns++
			}
			if v.isSide {
				row.side++
			}
			if v.deal != nil {
				if row.value == nil {
					row.value = new(big.Int)
				}
				row.value.Add(row.value, a.pipelineOf(v.deal))
			}
		}
	}
	return t.finish(func(s *stays, to Cells) {
		to["visits"], to["open_visits"] = count(len(s.spans)), count(s.open)
		to["returns"], to["side_entrances"] = count(s.returns), count(s.side)
		to["value"] = a.minorText(s.value)
		kmDays(to, s.spans, "")
	})
}

// kmDays writes the Kaplan-Meier quantiles in days.
func kmDays(to Cells, spans []span, prefix string) {
	for name, percent := range map[string]int64{"median": 50, "p75": 75, "p90": 90} {
		micros, reached := kmQuantile(spans, percent)
		to[strings.TrimPrefix(prefix+"_", "_")+name+"_days"] = daysText(micros, reached)
	}
}

// pipelineOf is the amount of an opportunity as its pipeline counts it, 0 where it is missing.
func (a *Aligned) pipelineOf(d *dealHistory) *big.Int { return a.amountOf(d, Pipeline) }

func (a *Aligned) amountOf(d *dealHistory, conversionType string) *big.Int {
	for _, c := range a.conversions {
		if c.Type == conversionType && c.OpportunityID == d.OpportunityID && c.Amount != nil && c.NotCounted == "" {
			return c.Amount
		}
	}
	return new(big.Int)
}
