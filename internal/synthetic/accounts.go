package synthetic

import "strings"

// A profile is what is known of an account before anything happens: it depends on the seed and the
// number alone, so that any account can be asked for at any time.
type profile struct {
	number  int64
	weight  int64 // of the account's part in all touches
	name    string
	domain  string
	parent  int64 // a lower number; 0: none
	segment segment
	europe  bool
	entry   instant // when it is first heard of
	deals   bool    // comes to a deal, if the window is long enough
	nobody  bool    // none of its people is known
	mailing bool    // is only ever sent mailings
}

func (g *generator) profile(number int64) profile {
	d := stream(g.seed, number, ofProfile)
	p := profile{number: number, entry: windowFrom + instant(d.between(-60, 1060))*day + instant(d.below(int64(day)))}
	p.entry = max(p.entry, earliest)
	p.segment = segments[d.weighted([]int64{segments[0].weight, segments[1].weight, segments[2].weight})]
	p.europe, p.deals = d.chance(inEurope), d.chance(comeToADeal) || number == 1
	p.weight = d.logNormal(1000, 900) * p.segment.touchWeight / 1000
	d.skip(2) // of a name, which depends on the number alone
	legal := oneOf(d, legalForms)
	if p.europe {
		legal = oneOf(d, legalEurope)
	}
	p.name, p.domain = accountName(g.seed, number, legal)
	if d.chance(subsidiaries) && number > 1 {
		p.parent = 1 + d.below(number-1)
		if d.chance(sharedDomains) {
			p.domain = g.profile(p.parent).domain
		}
	}
	if !p.deals {
		return p
	}
	p.weight *= 3
	if number == 1 { // the first one is always seen, so that every touch has an account
		return p
	}
	dark := d.chance(darkAccounts)
	p.nobody, p.mailing = d.chance(facelessAccounts), d.chance(mailingAccounts)
	if dark || p.nobody {
		p.weight = 0
	}
	return p
}

func (g *generator) writeAccount(p profile) error {
	r := g.row.begin().id("A-", p.number, 0).add(p.name)
	switch p.number % 4 {
	case 0:
		r.add("https://www." + p.domain + "/")
	case 1:
		r.add(strings.ToUpper(p.domain[:1]) + p.domain[1:])
	default:
		r.add(p.domain)
	}
	if p.parent > 0 {
		r.id("A-", p.parent, 0)
	} else {
		r.none()
	}
	r.add(p.segment.name).add(industryOf(p.number).name).when(p.entry)
	return g.writeKeyed(accountsTable, 4, "Strategic")
}
