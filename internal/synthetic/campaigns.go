package synthetic

import "fmt"

// A campaign of a channel. A programme is the campaign above those of a channel and year; it has no
// touches of its own.
type campaign struct {
	id, name, parent string
	channel          int // index in channels
	from, to         int64
	europe           bool
	spend            int64 // millionths of its currency, over its days
	leads            int64
	isProgramme      bool
	isPlanned        bool // begins after the window
}

// A programme of campaigns: a list, and those of a channel that begin in a quarter.
type programme struct {
	all []campaign
	by  [][]int // channel x quarters + quarter
}

// newProgramme lays out the campaigns of three years: those of a quarter, or in a small company one
// of each channel that runs a year. What is spent on them depends on the size.
func newProgramme(seed uint64, accounts int64) programme {
	p := programme{by: make([][]int, len(channels)*quarters)}
	for at, ch := range channels {
		if ch.aQuarter == 0 {
			continue
		}
		for year := range 3 {
			p.all = append(p.all, yearOf(at, year, accounts))
		}
		count, length := ch.aQuarter, 1
		if accounts < fewestAccountsForQuarters {
			count, length = 1, 4
		}
		for quarter := range quarters {
			if first := quarter - quarter%length; first < quarter {
				p.by[at*quarters+quarter] = p.by[at*quarters+first]
				continue
			}
			d := stream(seed, int64(at*quarters+quarter), ofCampaigns)
			for i := range count {
				p.by[at*quarters+quarter] = append(p.by[at*quarters+quarter], len(p.all))
				p.all = append(p.all, p.campaign(d, at, quarter, i, accounts, count, length))
			}
		}
	}
	p.plan(seed, accounts)
	return p
}

// yearOf is the campaign above those of a channel in a year of the window, from 0. Its budget is for
// all of them.
func yearOf(at, year int, accounts int64) campaign {
	ch := channels[at]
	return campaign{id: fmt.Sprintf("C-%d-Y%d", at+1, year+1), name: fmt.Sprintf("%s programme %s", ch.tactic, fiscalYear(year)), channel: at,
		from: firstOf(12 * year), to: firstOf(12*year+12) - 1, spend: ch.yearly(accounts), isProgramme: true}
}

// fiscalYear is how the company writes a year of the window, which begins in July.
func fiscalYear(year int) string { return fmt.Sprintf("%d/%d", 2023+year, 24+year) }

// yearly is what is spent on a channel in a year, in millionths of a dollar: spend is in thousandths.
func (ch channel) yearly(accounts int64) int64 { return ch.spend * budgetPerAccount * 1000 * accounts }

// campaign is the ith of so many of a channel that begin in a quarter and run for so many quarters.
// Its name follows the convention of the company, which campaign_fields takes apart: offer, tactic,
// region and period.
func (p *programme) campaign(d *draws, at, quarter, i int, accounts int64, count, length int) campaign {
	ch, when := channels[at], fmt.Sprintf("%d-Q%d", 2023+(quarter+2)/4, (quarter+2)%4+1)
	if length > 1 {
		when = fiscalYear(quarter / 4)
	}
	c := campaign{id: fmt.Sprintf("C-%d-%02d%c", at+1, quarter+1, 'a'+rune(i)), parent: fmt.Sprintf("C-%d-Y%d", at+1, quarter/4+1), channel: at}
	offer, region := oneOf(d, ch.offers[i]), "US"
	if c.europe = d.chance(inEurope); c.europe {
		region = "EU"
	}
	c.name = fmt.Sprintf("%s | %s | %s | %s", offer, ch.tactic, region, when)
	c.from, c.to = firstOf(3*quarter), firstOf(3*(quarter+length))-1
	if ch.spending == onceEach {
		c.from += d.between(0, 60)
		c.to = c.from + d.between(0, 4)
	}
	c.spend = ch.yearly(accounts) / 4 * int64(length) / int64(count) * d.between(700, 1300) / 1000
	c.leads = 1 + accounts*d.between(5, 30)/1000
	return c
}

// active is one of the campaigns of a channel on a day; -1 where the channel has none. A single
// event reaches back to those who were invited and forward to those who were there: it takes the
// touches of its whole quarter.
func (p *programme) active(d *draws, channel int, on int64) int {
	quarter := monthOf(on) / 3
	if quarter < 0 || quarter >= quarters {
		return -1
	}
	list := p.by[channel*quarters+quarter]
	if len(list) == 0 {
		return -1
	}
	return oneOf(d, list)
}

func (g *generator) writeCampaigns() error {
	for _, c := range g.programme.all {
		r := g.row.begin().add(c.id).add(c.name).add(channels[c.channel].name).add(c.parent).on(c.from).on(c.to)
		if channels[c.channel].spending == everyMonth { // it is billed as a whole, and no campaign has a budget
			r.none().none()
		} else {
			r.decimal(c.spend*11/10/10_000, 2).add(currencyOf(c.europe))
		}
		if c.isProgramme {
			r.none()
		} else {
			r.whole(c.leads)
		}
		if err := g.write(campaignsTable, r.when(instant(c.from)*day-20*day)); err != nil {
			return err
		}
	}
	return nil
}

func currencyOf(europe bool) string {
	if europe {
		return "EUR"
	}
	return "USD"
}
