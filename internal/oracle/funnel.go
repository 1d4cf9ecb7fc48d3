package oracle

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// FunnelRow is one row of the report funnel: those who came to the stage From in a month, and what
// became of them on the way to the stage To. Fractions are in millionths, nil where there is none.
type FunnelRow struct {
	OpportunityType string
	Period          string // of the report funnel the first day of a month, 2025-03-01; "" for all months
	Group           string // of the report funnel the channel of the unit at From; (all) for every one
	From, To        string // names of stages; To is "" for the last one, and then nothing is converted

	Volume, Skipped, Cohort int // units that entered From, that only passed it, both
	Converted, Already      int
	Rate                    *big.Int
	WilsonLow, WilsonHigh   *big.Int
	SmallSample             bool
	HorizonDays             int
	Final                   bool // else immature
	NoEntries               bool // nobody ever came to To itself: the data do not know the stage, whatever stands for it
	KMRate                  *big.Int
	KMAtRisk                int
	KMObservedDays          *big.Int
	PeriodRatio             *big.Int
	VelocityN               int
	Median, P75, P90        *big.Int // days
	Value, ConvertedValue   *big.Int // minor units; nil where From is a stage of persons
}

// IsZero reports whether the row could as well be left out.
func (r FunnelRow) IsZero() bool {
	return r.Cohort == 0 && (r.Value == nil || r.Value.Sign() == 0)
}

// cell is the members of the funnel that share type, period and the value of a dimension, or all of
// them.
type cell struct{ opportunityType, period, value string }

// content is what a cell holds, by place of the stage.
type content struct {
	members   map[int][]member
	reversals map[int]*big.Int // their value, that counts against the stage
}

// cohorts says how the funnel is cut: into the periods that hold an instant, and the values that a
// member and a reversal come under. A cohort of a period can grow no more at its end.
type cohorts struct {
	periods   func(at int64) []string
	ofMember  func(m member) []string
	ofReverse func(c Conversion) []string
	end       func(period string) int64
}

// funnel judges every pair of stages in every month and channel.
func (w *world) funnel(conversions []Conversion, within period) []FunnelRow {
	return w.funnelBy(conversions, within, cohorts{
		periods:   func(at int64) []string { return []string{monthOf(at), ""} },
		ofMember:  func(m member) []string { return []string{m.first.channel, AllChannels} },
		ofReverse: func(c Conversion) []string { return []string{c.firstTouch().channel, AllChannels} },
		end:       func(month string) int64 { return w.cohortEnd(month, within) },
	})
}

// funnelBy judges every pair of stages in every cell.
func (w *world) funnelBy(conversions []Conversion, within period, by cohorts) []FunnelRow {
	cells := map[cell]content{}
	in := func(opportunityType string, at int64, values []string) []content {
		var found []content
		for _, period := range by.periods(at) {
			for _, value := range values {
				k := cell{opportunityType, period, value}
				if cells[k].members == nil {
					cells[k] = content{map[int][]member{}, map[int]*big.Int{}}
				}
				found = append(found, cells[k])
			}
		}
		return found
	}
	members := w.members(conversions)
	known := map[int]bool{}
	for _, m := range members {
		known[m.place] = known[m.place] || m.recorded
		if within.holds(m.at.at) {
			for _, c := range in(m.opportunityType, m.at.at, by.ofMember(m)) {
				c.members[m.place] = append(c.members[m.place], m)
			}
		}
	}
	for _, c := range conversions {
		if !c.Reversal || c.NotCounted != "" || c.Amount == nil || !within.holds(c.Anchor) {
			continue
		}
		for place, stage := range w.options.Funnel {
			if stage.At == AtCreated && c.Type == Pipeline || stage.At == AtWon && c.Type == Revenue {
				for _, to := range in(c.OpportunityType, c.Anchor, by.ofReverse(c)) {
					if to.reversals[place] == nil {
						to.reversals[place] = new(big.Int)
					}
					to.reversals[place].Add(to.reversals[place], c.Amount)
				}
			}
		}
	}

	var rows []FunnelRow
	for _, k := range slices.SortedFunc(maps.Keys(cells), compareCells) {
		for from := range w.options.Funnel {
			for to := from + 1; to < len(w.options.Funnel); to++ {
				row := w.funnelRow(k, cells[k], from, to, by.end(k.period))
				row.NoEntries = w.options.Funnel[to].At == "" && !known[to]
				rows = append(rows, row)
			}
		}
		rows = append(rows, w.sizes(k, cells[k], len(w.options.Funnel)-1))
	}
	return rows
}

func compareCells(a, b cell) int {
	return cmp.Or(strings.Compare(a.opportunityType, b.opportunityType), strings.Compare(a.period, b.period),
		strings.Compare(a.value, b.value))
}

// sizes is the row of a stage before any other stage is asked for.
func (w *world) sizes(k cell, c content, from int) FunnelRow {
	stage := w.options.Funnel[from]
	row := FunnelRow{OpportunityType: k.opportunityType, Period: k.period, Group: k.value, From: stage.Name}
	if stage.Unit == OpportunityUnit {
		row.Value = new(big.Int)
		if c.reversals[from] != nil {
			row.Value.Set(c.reversals[from])
		}
	}
	for _, m := range c.members[from] {
		row.Cohort++
		if m.recorded {
			row.Volume++
		} else {
			row.Skipped++
		}
		if row.Value != nil {
			row.Value.Add(row.Value, m.value(stage))
		}
	}
	return row
}

// funnelRow judges the way from one stage to a later one.
func (w *world) funnelRow(k cell, c content, from, to int, end int64) FunnelRow {
	row := w.sizes(k, c, from)
	target := w.options.Funnel[to]
	horizon := int64(target.WithinDays) * microsPerDay
	row.To, row.HorizonDays = target.Name, target.WithinDays
	row.SmallSample = row.Cohort < 30
	row.Final = end+horizon <= w.asOf
	if row.Value != nil {
		row.ConvertedValue = new(big.Int)
	}
	var spans []span
	var days []int64
	for _, m := range c.members[from] {
		took, happens := m.event(w.options.Funnel, to)
		converts := happens && took <= horizon
		switch {
		case converts:
			row.Converted++
			if row.ConvertedValue != nil {
				row.ConvertedValue.Add(row.ConvertedValue, m.value(target))
			}
			if way, itself := m.wayTo(to); m.recorded && itself && way <= horizon {
				days = append(days, way)
			}
		case m.cameBefore(w.options.Funnel, to):
			row.Already++
		}
		if happens {
			spans = append(spans, span{took, true})
		} else {
			spans = append(spans, span{max(w.asOf-m.at.at, 0), false})
		}
	}
	row.Rate = millionths(int64(row.Converted), int64(row.Cohort))
	row.WilsonLow, row.WilsonHigh = wilson(int64(row.Converted), int64(row.Cohort))
	row.KMRate, row.KMAtRisk, row.KMObservedDays = kaplanMeier(spans, horizon)
	row.PeriodRatio = millionths(int64(w.sizes(k, c, to).Volume), int64(row.Volume))
	slices.Sort(days)
	row.VelocityN = len(days)
	row.Median, row.P75, row.P90 = quantile(days, 50), quantile(days, 75), quantile(days, 90)
	return row
}

// cohortEnd is the first instant at which the cohort can grow no more.
func (w *world) cohortEnd(month string, within period) int64 {
	end, known := int64(0), false
	if within.hasTo {
		end, known = (within.to+1)*microsPerDay, true
	}
	if month == "" {
		if !known {
			return w.asOf
		}
		return end
	}
	if next := nextMonth(month); !known || next < end {
		return next
	}
	return end
}
