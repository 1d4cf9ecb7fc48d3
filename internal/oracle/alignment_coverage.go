package oracle

import "math/big"

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
	costOf := map[[2]string]*big.Int{} // by channel and campaign: costs that cancel each other are none
	for _, d := range a.costs {
		key := [2]string{d.Channel, d.Campaign}
		if costOf[key] == nil {
			costOf[key] = new(big.Int)
		}
		costOf[key].Add(costOf[key], d.Micros)
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
			if costOf[[2]string{d.Channel, d.Campaign}].Sign() != 0 {
				belongs(row, d.Campaign)
			}
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
	case row.cost.Sign() != 0 && row.costMet.Sign() == 0:
		to["status"] = "cost_without_touches"
	case row.cost.Sign() == 0 && row.touchesMet == 0:
		to["status"] = "touches_without_cost"
	case unmet.Sign() == 0 && row.touchesMet == row.touches:
		to["status"] = "covered"
	default:
		to["status"] = "partly"
	}
}
