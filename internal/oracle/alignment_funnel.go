package oracle

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
)

// cohortPeriods are the periods of the given kinds in which the funnel is cut, by a name of their own,
// with the first instant after each.
type cohortPeriods struct {
	byName map[string]calendarPeriod
	end    map[string]int64
}

func nameOfPeriod(kind, start string) string { return kind + " " + start }

func (a *Aligned) cohortPeriods(kinds ...string) cohortPeriods {
	all := cohortPeriods{map[string]calendarPeriod{}, map[string]int64{}}
	for _, p := range a.periods {
		if !slices.Contains(kinds, p.kind) {
			continue
		}
		name := nameOfPeriod(p.kind, p.start)
		all.byName[name], all.end[name] = p, p.to
		if p.kind == "all" {
			all.end[name] = a.cohortEnd("", a.within)
		}
	}
	return all
}

// holding lists the names of the periods that hold an instant.
func (c cohortPeriods) holding(at int64) []string {
	var names []string
	for name, p := range c.byName {
		if p.holds(at) {
			names = append(names, name)
		}
	}
	return names
}

// FunnelTrend holds the cohort conversion of every period and channel against the period before.
func (a *Aligned) FunnelTrend() []Cells {
	periods := a.cohortPeriods("all", "month", "quarter", "year", "fiscal-quarter", "fiscal-year")
	rows := a.funnelBy(a.conversions, a.within, cohorts{
		periods:   periods.holding,
		ofMember:  func(m member) []string { return []string{m.first.channel, AllChannels} },
		ofReverse: func(Conversion) []string { return nil }, // the trend has no money
		end:       func(name string) int64 { return periods.end[name] },
	})
	type place struct{ name, opportunityType, channel, from, to string }
	byPlace := map[place]FunnelRow{}
	for _, r := range rows {
		if r.To != "" && !r.NoEntries && r.Cohort > 0 {
			byPlace[place{r.Period, r.OpportunityType, r.Group, r.From, r.To}] = r
		}
	}
	var all []Cells
	for k, r := range byPlace {
		p := periods.byName[k.name]
		to := a.funnelCells(r)
		to["period_type"], to["period_start"], to["period_label"] = p.kind, p.start, p.label
		to["channel"] = k.channel
		all = append(all, to)
		k.name = a.before(p)
		previous, known := byPlace[k]
		if !known {
			continue
		}
		to["previous_label"], to["previous_cohort"] = periods.byName[k.name].label, count(previous.Cohort)
		to["previous_rate"] = decimals(previous.Rate, 6)
		share := func(r FunnelRow) *big.Rat { return big.NewRat(int64(r.Converted), int64(r.Cohort)) }
		to["difference"] = sixDecimals(new(big.Rat).Sub(share(r), share(previous)))
		differenceCells(to, "rate", r.Converted, r.Cohort, previous.Converted, previous.Cohort, false, r.Final && previous.Final)
	}
	return all
}

// before is the name of the period of the same kind that ends where a period of the calendar begins.
func (a *Aligned) before(p calendarPeriod) string {
	if p.kind == "all" {
		return ""
	}
	first, err := time.Parse(time.DateOnly, p.start)
	if err != nil {
		panic(err) // the oracle itself wrote it
	}
	return nameOfPeriod(p.kind, a.options.Alignment.FirstOfPeriod(p.kind, first.AddDate(0, 0, -1)).Format(time.DateOnly))
}

// FunnelDimensions is the funnel by segment, persona and campaign; by quarter too, but not by
// campaign.
func (a *Aligned) FunnelDimensions() []Cells {
	periods := a.cohortPeriods("all", "quarter")
	const separator = "\x00"
	named := func(segment, persona, campaign string) []string {
		return []string{"segment" + separator + segment, "persona" + separator + persona, "campaign" + separator + campaign}
	}
	rows := a.funnelBy(a.conversions, a.within, cohorts{
		periods: periods.holding,
		ofMember: func(m member) []string {
			if m.deal != nil {
				return named(a.segmentOf(m.deal.AccountID), a.primaryPersona(&dealHistory{deal: m.deal}), m.first.campaign)
			}
			if m.who.internal {
				return named(None, None, m.first.campaign) // the reports leave it out
			}
			return named(a.segmentOf(m.who.account), m.who.persona(), m.first.campaign)
		},
		ofReverse: func(c Conversion) []string {
			d := a.deals[c.Root] // as for its channel, that of the opportunity whose journey is used
			return named(a.segmentOf(d.AccountID), a.primaryPersona(&dealHistory{deal: d}), c.firstTouch().campaign)
		},
		end: func(name string) int64 { return periods.end[name] },
	})
	var all []Cells
	for _, r := range rows {
		p := periods.byName[r.Period]
		if p.kind == "quarter" && strings.HasPrefix(r.Group, "campaign") {
			continue
		}
		to := a.funnelCells(r)
		to["period_type"], to["period_start"], to["period_label"] = p.kind, p.start, p.label
		to["dimension"], to["dimension_value"], _ = strings.Cut(r.Group, separator)
		all = append(all, to)
	}
	return all
}

// funnelCells writes a row of the funnel: of a stage alone, of an empty cohort or of a way that nobody
// keeps, there are only counts and the value.
func (a *Aligned) funnelCells(r FunnelRow) Cells {
	to := Cells{"opportunity_type": r.OpportunityType, "from_stage": r.From, "to_stage": r.To,
		"volume": count(r.Volume), "skipped": count(r.Skipped), "cohort": count(r.Cohort)}
	if r.Value != nil {
		to["value"] = a.minorText(r.Value)
	}
	if r.To == "" || r.Cohort == 0 {
		return to
	}
	to["maturity"] = map[bool]string{true: "final", false: "immature"}[r.Final]
	if r.NoEntries {
		to["maturity"] = "no_entries"
		return to
	}
	to["small_sample"], to["horizon_days"] = strconv.FormatBool(r.SmallSample), count(r.HorizonDays)
	to["converted"], to["already"] = count(r.Converted), count(r.Already)
	to["conversion_rate"] = decimals(r.Rate, 6)
	to["wilson_low"], to["wilson_high"] = decimals(r.WilsonLow, 6), decimals(r.WilsonHigh, 6)
	to["km_rate"], to["km_at_risk"] = decimals(r.KMRate, 6), count(r.KMAtRisk)
	to["velocity_n"] = count(r.VelocityN)
	to["median_days"], to["p75_days"], to["p90_days"] = decimals(r.Median, 6), decimals(r.P75, 6), decimals(r.P90, 6)
	if r.ConvertedValue != nil {
		to["converted_value"] = a.minorText(r.ConvertedValue)
	}
	return to
}
