package plan

import (
	"maps"
	"math/big"
	"slices"
	"time"
)

// A Question is what is asked of a plan. What it gives wins over the run.
type Question struct {
	Goal        *big.Rat
	AverageDeal *big.Rat   // nil: that of the run
	Rate        *big.Rat   // lead to customer; nil: that of the run
	By          *time.Time // the last day of the goal's period; nil: none
}

// Of makes the plan. Whatever it cannot say is in Reasons (without which there is no goal) or Notes.
func Of(q Question, b Basis) (Plan, error) {
	p := Plan{Goal: number(q.Goal, 18), Channels: []ChannelPlan{}, Stages: []StagePlan{}, Weeks: weeksOf(b.Weeks), Reasons: []string{}, Notes: []string{}}
	if b.CohortStart != "" {
		p.Cohort = &Cohort{Start: b.CohortStart, End: b.CohortEnd, Months: b.All.CohortMonths, Leads: b.All.Leads}
		if win := b.All.win(); win != nil && win.Reason == "" {
			p.Cohort.Customers = win.Reached
		}
	}
	deal, rate := p.averageDeal(q, b), p.rate(q, b)
	if deal == nil || rate == nil {
		return p, nil
	}
	customers, err := Needed(q.Goal, deal)
	if err != nil {
		return p, err
	}
	leads, err := Needed(new(big.Rat).SetInt64(customers), rate)
	if err != nil {
		return p, err
	}
	p.Customers, p.Leads = &customers, &leads
	if p.LeadsLow, err = leadsAt(customers, p.RateHigh); err != nil {
		return p, err
	}
	if p.LeadsHigh, err = leadsAt(customers, p.RateLow); err != nil {
		return p, err
	}
	if p.Stages, err = stagePlans(leads, b.All); err != nil {
		return p, err
	}
	if n := len(p.Stages); n > 0 { // as many as the goal needs, whatever the rate that was given
		p.Stages[n-1].Needed = &customers
	}
	p.Cost, p.CostPerLead = costOf(leads, b.All)
	if err := p.channels(b); err != nil {
		return p, err
	}
	if err := p.deadline(q, b); err != nil {
		return p, err
	}
	p.gap(b)
	return p, nil
}

// averageDeal finds the average deal, exactly; nil where there is none.
func (p *Plan) averageDeal(q Question, b Basis) *big.Rat {
	p.AverageDealFrom = FromFlag
	deal := q.AverageDeal
	if deal == nil {
		p.AverageDealFrom, p.Deals, p.DealsWithoutAmount = FromRun, &b.All.Deals, &b.All.NoAmount
		if b.All.Deals == 0 {
			reason := "no average deal: no opportunity of new business was won in the 365 days before as-of"
			if b.All.NoAmount > 0 {
				reason = "no average deal: no opportunity of new business that was won in the 365 days before as-of has an amount"
			}
			p.Reasons = append(p.Reasons, reason+"; give one with --average-deal")
			return nil
		}
		deal = new(big.Rat).Quo(b.All.DealAmount, new(big.Rat).SetInt64(b.All.Deals))
	}
	p.AverageDeal = number(deal, 6)
	if deal.Sign() <= 0 {
		p.Reasons = append(p.Reasons, "no goal: the average deal of the 365 days before as-of is not above 0; give one with --average-deal")
		return nil
	}
	return deal
}

// rate finds the lead-to-customer rate, exactly; nil where there is none.
func (p *Plan) rate(q Question, b Basis) *big.Rat {
	if q.Rate != nil {
		p.Rate, p.RateFrom = number(q.Rate, 18), FromFlag
		return q.Rate
	}
	p.RateFrom = FromRun
	win := b.All.win()
	const remedy = "; give one with --lead-to-customer"
	switch {
	case b.CohortStart == "":
		p.Reasons = append(p.Reasons, "no lead-to-customer rate: no month with leads is older than the longest horizon of the funnel"+remedy)
		return nil
	case win == nil || win.Reason != "":
		p.Reasons = append(p.Reasons, "no lead-to-customer rate: the run does not know how many leads became customers"+remedy)
		return nil
	}
	rate := win.rate(b.All.Leads)
	p.Rate, p.RateLow, p.RateHigh, p.SmallSample = number(rate, 6), number(win.Low, 6), number(win.High, 6), win.SmallSample
	if rate.Sign() == 0 {
		p.Reasons = append(p.Reasons, "no lead-to-customer rate above 0: no lead of "+b.CohortStart+" to "+b.CohortEnd+" became a customer"+remedy)
		return nil
	}
	return rate
}

// leadsAt is how many leads customers need at an end of the interval; nil where that is 0 or unknown.
func leadsAt(customers int64, rate Number) (*int64, error) {
	if rate.value == nil || rate.value.Sign() == 0 {
		return nil, nil
	}
	leads, err := Needed(new(big.Rat).SetInt64(customers), rate.value)
	return &leads, err
}

// stagePlans is what each stage needs for so many leads: leads x the conversion from lead to the
// stage, rounded up, and never a product of steps.
func stagePlans(leads int64, c Channel) ([]StagePlan, error) {
	list := []StagePlan{}
	for _, s := range c.Stages {
		at := StagePlan{Stage: s.Name, Unit: s.Unit, Low: number(s.Low, 6), High: number(s.High, 6), SmallSample: s.SmallSample, MedianDays: number(s.MedianDays, 6), Reason: s.Reason}
		if rate := s.rate(c.Leads); rate != nil {
			needed, err := Through(leads, rate)
			if err != nil {
				return nil, err
			}
			at.Rate, at.Needed = number(rate, 6), &needed
		}
		list = append(list, at)
	}
	return list, nil
}

// costOf is what so many leads cost at the cost per lead of the cohorts; none where nothing was spent
// or nobody came.
func costOf(leads int64, c Channel) (cost, perLead Number) {
	if c.Cost == nil || c.Cost.Sign() == 0 || c.Leads == 0 {
		return Number{}, Number{}
	}
	one := new(big.Rat).Quo(c.Cost, new(big.Rat).SetInt64(c.Leads))
	return number(new(big.Rat).Mul(one, new(big.Rat).SetInt64(leads)), 6), number(one, 6)
}

// channels splits the leads over the channels as the cohorts were.
func (p *Plan) channels(b Basis) error {
	had := make([]int64, len(b.Channels))
	for i, c := range b.Channels {
		had[i] = c.Leads
	}
	parts, err := Split(*p.Leads, had)
	if err != nil {
		return err
	}
	for i, c := range b.Channels {
		at := ChannelPlan{Channel: c.Name, Leads: parts[i], CohortLeads: c.Leads, AverageDeal: number(c.AverageDeal, 6), Deals: c.Deals}
		if b.All.Leads > 0 {
			at.Share = number(big.NewRat(c.Leads, b.All.Leads), 6)
		}
		if at.Stages, err = stagePlans(parts[i], c); err != nil {
			return err
		}
		if win := c.win(); win != nil {
			if rate := win.rate(c.Leads); rate != nil {
				at.Rate, at.RateLow, at.RateHigh, at.SmallSample = number(rate, 6), number(win.Low, 6), number(win.High, 6), win.SmallSample
				at.Customers = number(new(big.Rat).Mul(rate, new(big.Rat).SetInt64(parts[i])), 6)
			}
		}
		at.Cost, at.CostPerLead = costOf(parts[i], c)
		p.Channels = append(p.Channels, at)
	}
	return nil
}

// deadline finds by when the last leads must come.
func (p *Plan) deadline(q Question, b Basis) error {
	if q.By == nil {
		return nil
	}
	p.By = q.By.Format(time.DateOnly)
	win := b.All.win()
	switch {
	case len(b.Weeks) == 0:
		p.Notes = append(p.Notes, "--by needs a run: the time from lead to win comes from one (--out DIR)")
		return nil
	case win == nil || win.MedianDays == nil:
		p.Notes = append(p.Notes, "no last week for leads: no lead of the months behind the rates was won, so the time from lead to win is not known")
		return nil
	}
	last, err := lastLead(*q.By, win.MedianDays, b.Weeks[0].Start.Weekday())
	if err != nil {
		return err
	}
	p.Deadline = &DeadlinePlan{MedianDays: number(win.MedianDays, 6), LastDay: last.Day.Format(time.DateOnly), LastWeek: last.Week.Format(time.DateOnly), week: last.Week,
		IsPast: last.Week.Before(b.Weeks[0].Start)}
	return nil
}

// gap compares the leads that are needed with those that planned campaigns bring, up to the last week
// in which a lead must come.
func (p *Plan) gap(b Basis) {
	if len(b.Weeks) == 0 {
		return
	}
	all, byChannel := new(big.Rat), map[string]*big.Rat{}
	for _, w := range b.Weeks {
		if p.Deadline != nil && w.Start.After(p.Deadline.week) {
			break
		}
		for _, c := range w.Campaigns {
			if c.ID == Existing {
				continue
			}
			if byChannel[c.Channel] == nil {
				byChannel[c.Channel] = new(big.Rat)
			}
			byChannel[c.Channel].Add(byChannel[c.Channel], c.Leads)
			all.Add(all, c.Leads)
		}
	}
	missing := func(leads int64, planned *big.Rat) Number {
		return number(new(big.Rat).Sub(new(big.Rat).SetInt64(leads), planned), 6)
	}
	p.Planned, p.Missing = number(all, 6), missing(*p.Leads, all)
	for i := range p.Channels {
		c := &p.Channels[i]
		planned := byChannel[c.Channel]
		if planned == nil {
			planned = new(big.Rat)
		}
		c.Planned, c.Missing = number(planned, 6), missing(c.Leads, planned)
		delete(byChannel, c.Channel)
	}
	for _, name := range slices.Sorted(maps.Keys(byChannel)) { // channels that no lead of the cohorts came by
		p.Channels = append(p.Channels, ChannelPlan{Channel: name, Stages: []StagePlan{}, Planned: number(byChannel[name], 6), Missing: missing(0, byChannel[name])})
	}
}
