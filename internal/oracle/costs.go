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

	Provisional bool        // the platform can still correct it
	Claims      [4]*big.Int // impressions, clicks, and in millionths the conversions and the value that the platform reports; nil: nothing
}

// costDays spreads every cost row over its days, up to the day of as-of, and keeps those in the
// reporting period.
func costDays(w World, p *purse, channels costChannels, asOf int64, within period) ([]CostDay, error) {
	var days []CostDay
	for i, c := range w.Costs {
		parts, first, err := spread(c)
		incurred := max(0, dayOf(asOf)-first+1)
		if err == nil && incurred > 0 {
			parts, err = p.convertDays(parts, first, c.Currency) // all of them: what a day costs does not depend on as-of
		}
		if err != nil {
			return nil, fmt.Errorf("costs: row %d: %w", i+1, err)
		}
		parts = parts[:min(int64(len(parts)), incurred)]
		claims, err := p.claims(c, first, int64(len(parts)))
		if err != nil {
			return nil, fmt.Errorf("costs: row %d: %w", i+1, err)
		}
		isAd := c.StartsOn == c.EndsOn || c.Impressions != "" || c.Clicks != ""
		for n, part := range parts {
			day := CostDay{Day: first + int64(n), Campaign: orNone(c.CampaignID), Channel: channels.of(c), Micros: part, Claims: claims[n]}
			day.Provisional = isAd && day.Day > dayOf(asOf)-provisionalDays
			if within.holdsDay(day.Day) {
				days = append(days, day)
			}
		}
	}
	return days, nil
}

// convertDays converts the micros of consecutive days. Days in a row with the same rate are
// converted together and the result is spread over them again, so that they sum to the converted
// amount exactly.
func (p *purse) convertDays(parts []*big.Int, first int64, currency string) ([]*big.Int, error) {
	if currency == "" || currency == p.currency {
		return parts, nil
	}
	rates := make([]*big.Rat, len(parts))
	for n := range parts {
		var err error
		if rates[n], err = p.rate(currency, first+int64(n)); err != nil {
			return nil, err
		}
	}
	var converted []*big.Int
	for from := 0; from < len(parts); {
		to := from
		sum := new(big.Int)
		for ; to < len(parts) && rates[to].Cmp(rates[from]) == 0; to++ {
			sum.Add(sum, parts[to])
		}
		amount := round(new(big.Rat).Mul(new(big.Rat).SetInt(sum), rates[from]))
		if !amount.IsInt64() {
			return nil, fmt.Errorf("%s %s does not fit 64 bits once converted", sum, currency)
		}
		converted = append(converted, evenly(amount, int64(to-from))...)
		from = to
	}
	return converted, nil
}

// evenly splits an amount over days by the allocation rule.
func evenly(amount *big.Int, days int64) []*big.Int {
	var even []*big.Int
	for range days {
		even = append(even, big.NewInt(1))
	}
	return allocate(amount, even)
}

// costChannels finds the channel of a cost.
type costChannels struct {
	own     campaignChannels
	touches map[string]map[string]bool // by campaign: the channels of all its touches, excluded ones included
}

func costChannelsOf(own campaignChannels, touches []*touch) costChannels {
	all := costChannels{own, map[string]map[string]bool{}}
	for _, t := range touches {
		if all.touches[t.campaign] == nil {
			all.touches[t.campaign] = map[string]bool{}
		}
		all.touches[t.campaign][t.channel] = true
	}
	return all
}

// of is the campaign's own channel, else the cost row's, else the one channel of all touches of the
// campaign, else (none).
func (c costChannels) of(row Cost) string {
	if own := c.own[row.CampaignID]; row.CampaignID != "" && own != "" {
		return own
	}
	if named := c.touches[row.CampaignID]; row.Channel == "" && row.CampaignID != "" && len(named) == 1 {
		for channel := range named {
			return channel
		}
	}
	return orNone(row.Channel)
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
	return evenly(micros.Num(), last-first+1), first, nil
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
