package oracle

import (
	"math/big"
	"slices"
)

// meets is the cost, the touches and the credited revenue of a channel or of a campaign, and what of
// it meets the other.
type meets struct {
	cost, costMet, undated      big.Int // micros
	revenue, revenueMet         big.Int // minor units
	touches, touchesMet         int
	campaigns, undatedCampaigns map[string]bool
}

// CostCoverage is which cost meets touches, and which touches meet cost, by channel, by
// campaign, and as a whole.
func (a *Aligned) CostCoverage() []Cells {
	dated := map[string]bool{}
	for _, c := range a.given.Campaigns {
		dated[c.CampaignID] = c.StartsOn != "" && c.EndsOn != ""
	}
	touched, touchedChannel := map[string]bool{}, map[string]bool{}
	for _, t := range a.touches {
		if !t.excluded {
			touched[t.campaign], touchedChannel[t.channel] = true, true
		}
	}
	paid, paidChannel := map[string]bool{}, map[string]bool{}
	for _, d := range a.costs {
		if d.Campaign == None {
			paidChannel[d.Channel] = true
		} else {
			paid[d.Campaign] = true
		}
	}
	hasCost := func(campaign, channel string) bool { return campaign != None && paid[campaign] || paidChannel[channel] }

	t := newTable[meets]("channel", "campaign_id")
	each := func(channel, campaign string, do func(*meets)) {
		for _, k := range [][2]string{{channel, All}, {All, campaign}, {All, All}} {
			row := t.at(k[0], k[1])
			if row.campaigns == nil {
				row.campaigns, row.undatedCampaigns = map[string]bool{}, map[string]bool{}
			}
			do(row)
		}
	}
	belongs := func(row *meets, campaign string) {
		if campaign != None {
			row.campaigns[campaign] = true
			row.undatedCampaigns[campaign] = !dated[campaign]
		}
	}
	for _, d := range a.costs {
		met := d.Campaign != None && touched[d.Campaign] || d.Campaign == None && touchedChannel[d.Channel]
		each(d.Channel, d.Campaign, func(row *meets) {
			row.cost.Add(&row.cost, d.Micros)
			if met {
				row.costMet.Add(&row.costMet, d.Micros)
			}
			if d.Campaign != None && !dated[d.Campaign] {
				row.undated.Add(&row.undated, d.Micros)
			}
			belongs(row, d.Campaign)
		})
	}
	for _, touch := range a.touches {
		if touch.excluded {
			continue
		}
		each(touch.channel, touch.campaign, func(row *meets) {
			row.touches++
			if hasCost(touch.campaign, touch.channel) {
				row.touchesMet++
			}
			belongs(row, touch.campaign)
		})
	}
	for _, c := range a.credits {
		if c.TouchID == "" || c.ConversionType != Revenue || c.OpportunityType != newBusiness || !a.within.holds(c.conversion.Anchor) {
			continue
		}
		minor, _ := a.primary(c)
		each(c.Channel, c.Campaign, func(row *meets) {
			row.revenue.Add(&row.revenue, minor)
			if hasCost(c.Campaign, c.Channel) {
				row.revenueMet.Add(&row.revenueMet, minor)
			}
		})
	}
	return t.finish(a.coverageCells)
}

func (a *Aligned) coverageCells(row *meets, to Cells) {
	unmet := new(big.Int).Sub(&row.cost, &row.costMet)
	to["cost"], to["cost_with_touches"], to["cost_without_touches"] = decimals(&row.cost, 6), decimals(&row.costMet, 6), decimals(unmet, 6)
	to["share_covered"] = quotient(&row.costMet, &row.cost, 1)
	to["touches"], to["touches_with_cost"], to["touches_without_cost"] = count(row.touches), count(row.touchesMet), count(row.touches-row.touchesMet)
	to["revenue"], to["revenue_with_cost"] = a.minorText(&row.revenue), a.minorText(&row.revenueMet)
	to["revenue_without_cost"] = a.minorText(new(big.Int).Sub(&row.revenue, &row.revenueMet))
	undated := 0
	for _, is := range row.undatedCampaigns {
		if is {
			undated++
		}
	}
	to["campaigns"], to["campaigns_without_dates"], to["cost_without_dates"] = count(len(row.campaigns)), count(undated), decimals(&row.undated, 6)
	to["small_sample"] = map[bool]string{true: "true", false: "false"}[row.touches < 30]
	switch {
	case row.cost.Sign() == 0 && row.touches == 0:
		to["status"] = "no_cost_and_touches"
	case row.cost.Sign() != 0 && row.costMet.Sign() == 0 && row.touchesMet == 0 && row.touches == 0:
		to["status"] = "cost_without_touches"
	case row.cost.Sign() == 0 && row.touchesMet == 0:
		to["status"] = "touches_without_cost"
	case unmet.Sign() == 0 && row.touchesMet == row.touches:
		to["status"] = "covered"
	default:
		to["status"] = "partly"
	}
}

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

// isBelow says whether a campaign is below another one in the tree, at any depth.
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
// campaign's first day, or at as-of. A budget of nothing is none. Without a rate, reason says so.
func (a *Aligned) planned(c Campaign) (micros *big.Int, reason string) {
	if c.Budget == "" {
		return nil, "no_budget"
	}
	amount, err := decimal(c.Budget)
	if err != nil {
		panic(err) // worlds have none such
	}
	day, err := parseDay(c.StartsOn)
	if err != nil {
		day = dayOf(a.asOf)
	}
	rate, err := a.money.rate(c.Currency, day)
	if err != nil {
		return nil, "no_rate"
	}
	micros = round(new(big.Rat).Mul(new(big.Rat).Mul(amount, powerOfTen(6)), rate))
	if micros.Sign() <= 0 {
		return nil, "no_budget"
	}
	return micros, ""
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
