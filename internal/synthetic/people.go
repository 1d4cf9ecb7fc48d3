package synthetic

import (
	"slices"
	"strconv"
)

// A person of an account: a contact, a lead, or both.
type person struct {
	number    int // within the account, from 1
	contact   bool
	lead      bool
	linked    bool // the lead names the contact that it became
	second    bool // a second contact id, which identity_map joins
	silent    bool // nothing in the stage history
	cookie    bool
	known     bool // identity_map knows the cookie
	mailbox   bool // the address is that of a role
	email     string
	persona   string
	leadAt    instant // when the lead was made or, without one, the contact
	contactAt instant
	source    int // index in channels
	rep       int
	qualified instant // when it became MQL; 0: never
	brings    bool    // a deal
	onWon     bool    // has a role in new business that was won
	onLost    bool    // or lost, and in none that was won
	unowned   bool    // nobody in sales has it
	course    []step  // through the funnel
	history   []entry // the course as the CRM has it, with what sales wrote besides
	calls     []activity
}

// peopleOf draws who is known of an account, and puts them on its deals. The first contacts bring
// its new business.
func (g *generator) peopleOf(p profile, deals []deal) []person {
	if p.nobody {
		return nil
	}
	d := stream(g.seed, p.number, ofPeople)
	contacts := int64(d.weighted([]int64{35, 35, 20, 10}))
	for i := range deals {
		deals[i].people = make([]int, 1+d.weighted(peopleOnADeal))
		contacts = max(contacts, int64(len(deals[i].people)))
	}
	if len(deals) > 0 {
		contacts += d.below(3)
	}
	leads := (contacts*2*leadsPerContact/100 + d.below(2)) / 2
	if contacts == 0 {
		leads = d.between(1, 3)
	}
	people := make([]person, 0, contacts+leads)
	for i := range contacts + leads {
		people = append(people, g.person(d, p, int(i)+1, i < contacts, people))
	}
	for i := range deals {
		g.gather(d, &deals[i], int(contacts))
	}
	for i := range people {
		g.date(d, p, &people[i], deals)
	}
	return people
}

// peopleOnADeal are weights of 1 to 12 people.
var peopleOnADeal = []int64{180, 200, 190, 140, 100, 70, 50, 30, 20, 10, 6, 4}

func (g *generator) person(d *draws, p profile, number int, contact bool, others []person) person {
	x := person{number: number, contact: contact, lead: !contact, persona: oneOf(d, personas), rep: int(d.below(int64(len(g.staff))))}
	x.cookie, x.known, x.source = d.chance(peopleWithCookie), d.chance(knownCookies), d.weighted(g.mixture[early][d.below(2)])
	if contact {
		switch {
		case d.chance(contactsFromLeads):
			x.lead, x.linked = true, true
		case d.chance(contactsBesideLeads):
			x.lead = true
		default:
			x.silent = d.chance(silentContacts)
		}
		x.second = d.chance(duplicateContacts)
	}
	first, last := oneOf(d, firstNames), oneOf(d, lastNames)
	switch {
	case x.lead && contact && !x.linked: // the e-mail is all that joins the two
		x.email = first + "." + last + strconv.Itoa(number) + "@" + p.domain
	case d.chance(missingEmail):
	case d.chance(roleMailbox):
		x.email, x.mailbox = oneOf(d, roleMailboxes)+"@"+p.domain, true
	case d.chance(freeMail):
		x.email = "synthetic." + first + "." + last + "." + strconv.FormatInt(p.number, 10) + "." + strconv.Itoa(number) + "@" + oneOf(d, freeMailHosts)
	default:
		x.email = first + "." + last + "@" + p.domain
		for i := range others {
			if others[i].email == x.email {
				x.email = first + "." + last + strconv.Itoa(number) + "@" + p.domain
			}
		}
	}
	return x
}

// gather puts people on a deal: who brings it, and others of the account's contacts.
func (g *generator) gather(d *draws, x *deal, contacts int) {
	size := len(x.people)
	x.people[0] = (x.number - 1) % contacts
	for i := 1; i < size; {
		one := int(d.below(int64(contacts)))
		if !slices.Contains(x.people[:i], one) {
			x.people[i] = one
			i++
		}
	}
}

// date says when a person was first known: well before the deal that it brings, around the first
// deal that it is on, or anytime.
func (g *generator) date(d *draws, p profile, x *person, deals []deal) {
	first, brings := -1, false
	for i := range deals {
		for at, one := range deals[i].people {
			if one == x.number-1 && first < 0 {
				first, brings = i, at == 0 && deals[i].funnel
			}
		}
	}
	within := func(t instant) instant { return max(earliest, min(t, windowTo-3*hour)) }
	switch {
	case first < 0:
		x.leadAt = within(p.entry + instant(d.below(int64(max(windowTo-p.entry, day)))))
		x.contactAt = x.leadAt
		if x.lead {
			x.contactAt += instant(1+d.exponential(25)) * day
		}
	case brings:
		x.leadAt = within(deals[first].created - instant(clamp(d.logNormal(45, 600), 4, 220))*day - instant(d.below(int64(day))))
		x.contactAt, x.silent = deals[first].created-2*hour, false
	default:
		x.leadAt = within(deals[first].created - instant(d.below(150))*day - instant(d.below(int64(day))))
		if d.chance(joinDuringDeal) {
			x.leadAt = within(deals[first].created + instant(d.below(int64(deals[first].closed-deals[first].created))))
		}
		x.contactAt = x.leadAt
		if x.lead {
			x.contactAt += instant(d.exponential(15)) * day
		}
	}
	x.contactAt = max(x.leadAt, within(x.contactAt))
}
