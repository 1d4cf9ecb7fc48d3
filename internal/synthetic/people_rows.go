package synthetic

func (g *generator) writePeople(d, answers *draws, p profile, people []person) error {
	q := stream(g.seed, p.number, ofQuality)
	for i := range people {
		x := &people[i]
		if x.contact {
			if err := g.writeContact(d, p, x); err != nil {
				return err
			}
		}
		if x.lead {
			if err := g.writeLead(d, p, x, q, answers); err != nil {
				return err
			}
		}
		if err := g.writeIdentity(p, x); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) writeContact(d *draws, p profile, x *person) error {
	g.row.begin().id("K-", p.number, x.number).id("A-", p.number, 0).add(x.email).add(x.persona)
	if d.chance(datesWithoutTime) { // some systems keep the day alone
		g.row.on(x.contactAt.day())
	} else {
		g.row.when(x.contactAt)
	}
	g.row.when(x.contactAt)
	if err := g.writeKeyed(contactsTable, 3, "Managing director"); err != nil {
		return err
	}
	if !x.second {
		return nil
	}
	g.row.begin().id("K-", p.number, x.number+1000).id("A-", p.number, 0).none().add(x.persona).when(x.contactAt).none()
	return g.write(contactsTable, &g.row)
}

func (g *generator) writeLead(d *draws, p profile, x *person, q, answers *draws) error {
	r := g.row.begin().id("L-", p.number, x.number).add(x.email)
	if d.chance(leadsWithAccount) {
		r.id("A-", p.number, 0)
	} else {
		r.none()
	}
	if x.linked {
		r.id("K-", p.number, x.number)
	} else {
		r.none()
	}
	r.when(x.leadAt).add(channels[x.source].name)
	if x.unowned {
		r.none()
	} else {
		r.add(g.staff[x.rep].name)
	}
	g.writeQuality(d, x, q)
	if x.qualified > 0 {
		d.skip(1) // of the rating
	}
	r.add(x.rating(q)).add(answer(answers, x.source)).when(max(x.contactAt, x.leadAt))
	return g.writeKeyed(leadsTable, 7, "A+")
}

// writeIdentity tells which ids are one person: a second contact, and the cookies that are known.
func (g *generator) writeIdentity(p profile, x *person) error {
	if x.second {
		g.row.begin().id("K-", p.number, x.number+1000).id("K-", p.number, x.number).add("contact").none()
		if err := g.writeOrSpoil(identityMapTable, 2, "cookie"); err != nil {
			return err
		}
	}
	if !x.cookie || !x.known {
		return nil
	}
	r := g.row.begin().id("web-", p.number, x.number)
	if x.contact {
		r.id("K-", p.number, x.number).add("anonymous").none()
	} else {
		r.id("L-", p.number, x.number).add("anonymous").add("lead")
	}
	return g.writeOrSpoil(identityMapTable, 2, "cookie")
}

func (g *generator) writeRoles(d *draws, p profile, x deal) error {
	if x.noRoles || x.noAccount || x.reverses > 0 {
		return nil
	}
	for i, one := range x.people {
		g.row.begin().id("O-", p.number, x.number).id("K-", p.number, one+1).add(oneOf(d, roles)).truth(i == 0)
		if err := g.writeOrSpoil(opportunityContactsTable, 1, ""); err != nil {
			return err
		}
	}
	return nil
}
