package synthetic

// writeCosts writes what marketing cost. A channel is billed in one of four ways; channels that
// people come from by themselves cost nothing, and some cost much and leave no touch.
func (g *generator) writeCosts() error {
	for i := range g.programme.all {
		c := &g.programme.all[i]
		if c.isProgramme || c.isPlanned {
			continue
		}
		d := stream(g.seed, int64(i), ofCosts)
		days := int64(0)
		switch channels[c.channel].spending {
		case everyWeek:
			days = 7
		case onceEach:
			days = c.to - c.from + 1
		case eachCampaign:
			days = 31
		default:
			continue
		}
		if err := g.writeCampaignCosts(d, stream(g.seed, int64(i), ofClaims), c, days); err != nil {
			return err
		}
	}
	for at, ch := range channels {
		if ch.spending != everyMonth {
			continue
		}
		d := stream(g.seed, int64(at), ofCosts)
		for month := range months {
			from, to := firstOf(month), firstOf(month+1)-1
			amount := ch.spend * budgetPerAccount * 1000 * g.company.Accounts / 12 * byMonth[g.calendar.month[from-calendarFrom]] / 870 * d.between(800, 1200) / 1000
			if err := g.writeCost(from, to, "", ch.name, amount/10_000*10_000, d.chance(monthsInEuro), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeCampaignCosts bills a campaign in rows of so many days. A platform bills to the millionth
// and reports what it claims; an invoice is in cents.
func (g *generator) writeCampaignCosts(d, ofPlatform *draws, c *campaign, days int64) error {
	length := c.to - c.from + 1
	for from := c.from; from <= c.to; from += days {
		to := min(from+days-1, c.to)
		amount := c.spend * (to - from + 1) / length * d.between(850, 1150) / 1000
		var reported *claim
		if p, isPlatform := platforms[channels[c.channel].name]; isPlatform {
			reported = p.report(ofPlatform, amount)
		} else {
			amount = amount / 10_000 * 10_000
		}
		channel := ""
		if d.chance(costsNameBoth) {
			channel = channels[c.channel].name
		}
		if err := g.writeCost(from, to, c.id, channel, amount, c.europe, reported); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) writeCost(from, to int64, campaign, channel string, millionths int64, europe bool, reported *claim) error {
	return g.write(costsTable, g.row.begin().on(from).on(to).add(campaign).add(channel).decimal(millionths, 6).add(currencyOf(europe)).reported(reported))
}

// writeRates writes what a euro is worth in dollars, from the first of every month, and one month
// before the first deal.
func (g *generator) writeRates() error {
	d := stream(g.seed, 0, ofRates)
	rate := int64(10_800)
	for month := -1; month < months; month++ {
		if err := g.write(exchangeRatesTable, g.row.begin().add("EUR").on(firstOf(month)).decimal(rate, 4)); err != nil {
			return err
		}
		rate = clamp(rate+d.between(-150, 150), 10_200, 11_900)
	}
	return nil
}
