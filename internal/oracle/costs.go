package oracle

import (
	"fmt"
	"math/big"
)

// CostDay is what one cost row incurs on one day, in micros of the reporting currency.
type CostDay struct {
	Day      int64 // UTC, counted from 1970-01-01
	Campaign string
	Channel  string
	Micros   *big.Int
}

// costDays spreads every cost row over its days, up to the day of as-of and inside the reporting period.
func costDays(w World, p *purse, channels campaignChannels, asOf int64, within period) ([]CostDay, error) {
	var days []CostDay
	for i, c := range w.Costs {
		booked := CostDay{Campaign: orNone(c.CampaignID), Channel: orNone(c.Channel)}
		if c.CampaignID != "" && channels[c.CampaignID] != "" {
			booked.Channel = channels[c.CampaignID]
		}
		parts, first, err := spread(c)
		if err != nil {
			return nil, fmt.Errorf("costs: row %d: %w", i+1, err)
		}
		for n, part := range parts {
			booked.Day = first + int64(n)
			if booked.Day > dayOf(asOf) || !within.holdsDay(booked.Day) {
				continue
			}
			rate, err := p.rate(c.Currency, booked.Day)
			if err != nil {
				return nil, fmt.Errorf("costs: row %d: %w", i+1, err)
			}
			booked.Micros = round(new(big.Rat).Mul(new(big.Rat).SetInt(part), rate))
			days = append(days, booked)
		}
	}
	return days, nil
}

// spread splits the amount of a cost row evenly over its days, in micros of its own currency.
func spread(c Cost) (parts []*big.Int, first int64, err error) {
	first, err = parseDay(c.StartsOn)
	if err != nil {
		return nil, 0, err
	}
	last, err := parseDay(c.EndsOn)
	if err != nil {
		return nil, 0, err
	}
	if last < first {
		return nil, 0, fmt.Errorf("ends on %s, before it starts on %s", c.EndsOn, c.StartsOn)
	}
	amount, err := decimal(c.Amount)
	if err != nil {
		return nil, 0, err
	}
	micros := new(big.Rat).Mul(amount, powerOfTen(6))
	if !micros.IsInt() {
		return nil, 0, fmt.Errorf("%s has more than six decimals", c.Amount)
	}
	var even []*big.Int
	for range last - first + 1 {
		even = append(even, big.NewInt(1))
	}
	return allocate(micros.Num(), even), first, nil
}

// campaignChannels is the own channel of every campaign in the campaigns table.
type campaignChannels map[string]string

func channelsOf(w World) campaignChannels {
	channels := campaignChannels{}
	for _, c := range w.Campaigns {
		channels[c.CampaignID] = c.Channel
	}
	return channels
}

func orNone(name string) string {
	if name == "" {
		return None
	}
	return name
}

// period is the reporting period in days, both ends included; an open end is unbounded.
type period struct {
	from, to       int64
	hasFrom, hasTo bool
}

func reportingPeriod(o Options) (within period, err error) {
	if o.From != "" {
		within.hasFrom = true
		if within.from, err = parseDay(o.From); err != nil {
			return within, fmt.Errorf("from: %w", err)
		}
	}
	if o.To != "" {
		within.hasTo = true
		if within.to, err = parseDay(o.To); err != nil {
			return within, fmt.Errorf("to: %w", err)
		}
	}
	return within, nil
}

func (p period) holdsDay(day int64) bool {
	return (!p.hasFrom || day >= p.from) && (!p.hasTo || day <= p.to)
}

func (p period) holds(micros int64) bool { return p.holdsDay(dayOf(micros)) }
