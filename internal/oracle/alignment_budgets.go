package oracle

import (
	"math/big"
	"slices"
)

// Budgets holds the budget of every campaign against its cost up to as-of, whatever the reporting
// period.
func (a *Aligned) Budgets() []Cells {
	costs, err := costDays(a.given, a.money, costChannelsOf(channelsOf(a.given), a.touches), a.asOf, period{})
	if err != nil {
		panic(err) // they have been read once
	}
	var ids []string
	known := map[string]Campaign{}
	for _, c := range a.given.Campaigns {
		known[c.CampaignID] = c
		ids = append(ids, c.CampaignID)
	}
	for _, row := range a.given.Costs {
		if first, err := parseDay(row.StartsOn); row.CampaignID != "" && err == nil && first <= dayOf(a.asOf) {
			ids = append(ids, row.CampaignID)
		}
	}
	slices.Sort(ids)
	var all []Cells
	for _, id := range slices.Compact(ids) {
		b := budget{id: id}
		b.campaign, b.known = known[id]
		for _, d := range costs {
			b.spend(d, isBelow(known, d.Campaign, id))
		}
		all = append(all, a.budgetCells(b))
	}
	return all
}

// isBelow reports whether a campaign is below another one in the tree, at any depth.
func isBelow(known map[string]Campaign, id, above string) bool {
	for up := known[id].ParentCampaignID; up != ""; up = known[up].ParentCampaignID {
		if up == above {
			return true
		}
	}
	return false
}

// budget is what a campaign has spent, in micros of the reporting currency.
type budget struct {
	id                                string
	campaign                          Campaign
	known                             bool
	cost, below, outside, provisional big.Int
}

func (b *budget) spend(d CostDay, isBelow bool) {
	switch {
	case d.Campaign == b.id:
		b.cost.Add(&b.cost, d.Micros)
		first, err := parseDay(b.campaign.StartsOn)
		last, errLast := parseDay(b.campaign.EndsOn)
		if err == nil && d.Day < first || errLast == nil && d.Day > last {
			b.outside.Add(&b.outside, d.Micros)
		}
	case isBelow:
		b.below.Add(&b.below, d.Micros)
	default:
		return
	}
	if d.Provisional {
		b.provisional.Add(&b.provisional, d.Micros)
	}
}

// planned is the budget in micros of the reporting currency, by the newest rate at or before the
// campaign's first day, or at as-of. A budget of 0 or less is none. Without a rate, reason says so.
func (a *Aligned) planned(c Campaign) (micros *big.Int, reason string) {
	if c.Budget == "" {
		return nil, "no_budget"
	}
	amount, err := decimal(c.Budget)
	if err != nil {
		panic(err) // worlds have none such
	}
	if amount.Sign() <= 0 {
		return nil, "no_budget"
	}
	day, err := parseDay(c.StartsOn)
	if err != nil {
		day = dayOf(a.asOf)
	}
	rate, err := a.money.rate(c.Currency, day)
	if err != nil {
		return nil, "no_rate"
	}
	return round(new(big.Rat).Mul(new(big.Rat).Mul(amount, powerOfTen(6)), rate)), ""
}

func (a *Aligned) budgetCells(b budget) Cells {
	spent := new(big.Int).Add(&b.cost, &b.below)
	to := Cells{"campaign_id": b.id, "campaign_name": b.campaign.Name, "starts_on": b.campaign.StartsOn, "ends_on": b.campaign.EndsOn,
		"cost": decimals(&b.cost, 6), "cost_below": decimals(&b.below, 6), "outside_dates": decimals(&b.outside, 6), "provisional_cost": decimals(&b.provisional, 6)}
	first, errFirst := parseDay(b.campaign.StartsOn)
	last, errLast := parseDay(b.campaign.EndsOn)
	hasDates := errFirst == nil && errLast == nil
	days, elapsed := last-first+1, int64(0)
	if hasDates {
		elapsed = min(days, max(0, dayOf(a.asOf)-first+1))
		to["days"], to["days_elapsed"], to["share_elapsed"] = count(int(days)), count(int(elapsed)), decimals(millionths(elapsed, days), 6)
	}
	if !b.known {
		to["reason"] = "unknown_campaign"
		return to
	}
	micros, reason := a.planned(b.campaign)
	to["budget"] = decimals(micros, 6)
	if reason == "" {
		to["share_used"] = quotient(spent, micros, 1)
		to["remaining"] = decimals(new(big.Int).Sub(micros, spent), 6)
		if !hasDates {
			reason = "no_dates"
		}
	}
	to["reason"] = reason
	if reason != "" {
		return to
	}
	expected := round(new(big.Rat).Mul(new(big.Rat).SetInt(micros), big.NewRat(elapsed, days)))
	to["expected_by_now"], to["difference"] = decimals(expected, 6), decimals(new(big.Int).Sub(spent, expected), 6)
	word := func(spent *big.Int) string { return []string{"under", "on_pace", "over"}[spent.Cmp(expected)+1] }
	to["pace"] = word(spent)
	if word(new(big.Int).Sub(spent, &b.provisional)) != to["pace"] {
		to["pace"] = "provisional"
	}
	if elapsed == 0 {
		to["pace"] = "not_begun"
	}
	return to
}
