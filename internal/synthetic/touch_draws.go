package synthetic

// meet is a touch of one of the people of an episode.
func (t *touching) meet(e episode, certain bool) touch {
	x := touch{at: t.when(e), person: oneOf(t.draws, e.people), channel: t.weighted(t.mixture[e.phase][e.won]), answered: certain}
	if certain || t.chance(firstIsMet) { // who brings the deal is met most
		x.person = e.people[0]
	}
	x.kind = oneOf(t.draws, channels[x.channel].kinds)
	x.named = t.naming(&x)
	if certain && x.named >= byCookie {
		x.named = t.naming(&touch{at: windowTo, person: x.person, channel: len(channels) - 1})
	}
	return x
}

// formFill is the touch that makes a lead: stamped up to some minutes before it, or after it.
func (t *touching) formFill(person int) touch {
	x := touch{at: t.people[person].leadAt + instant(t.between(-300, 90))*second, person: person, channel: t.people[person].source, kind: "form", answered: true}
	if !t.people[person].contact {
		x.named = byLead
	} else if x.named = byLead; t.people[person].contactAt <= x.at {
		x.named = byContact
	}
	return x
}

// stranger is a visit of someone who never says who it is; there are about three visits to a
// stranger.
func (t *touching) stranger() touch {
	x := touch{at: t.when(t.episodes[len(t.episodes)-1]), person: -1, named: byStranger, kind: "visit", visitor: 1 + t.below(1+t.number()/75)}
	for x.channel = t.weighted(t.mixture[early][0]); !channels[x.channel].web; {
		x.channel = t.weighted(t.mixture[early][0])
	}
	return x
}

// number is about how many touches the account has, by its weight: it says how many strangers look
// in.
func (t *touching) number() int64 {
	return t.profile.weight * 100 / 1500
}

// when draws an instant of an episode, on a day on which something goes on.
func (t *touching) when(e episode) instant {
	span := e.to - e.from
	if span <= 0 {
		return e.to
	}
	var at instant
	for range 8 {
		at = e.from + instant(t.below(int64(span)))
		if e.mean > 0 {
			if back := e.to - instant(t.exponential(int64(e.mean))); back >= e.from {
				at = back
			} else {
				continue
			}
		}
		if t.calendar.isBusy(t.draws, at.day()) {
			break
		}
	}
	awake := instant(at.day())*day + 6*hour + instant(t.below(int64(16*hour/second)))*second
	if awake >= e.from && awake <= e.to {
		at = awake
	}
	if at%second != 0 || t.below(3) > 0 {
		at -= at % second
	} else {
		at += instant(t.below(1000))
	}
	return max(e.from, min(at, e.to))
}

// naming is how a system knows the person at that time: by a cookie until it says who it is, then
// as a lead, then as a contact; and a mailing knows an address.
func (t *touching) naming(x *touch) naming {
	p := &t.people[x.person]
	ch := &channels[x.channel]
	switch {
	case ch.web && p.cookie && x.at < p.leadAt:
		return byCookie
	case ch.web && p.cookie && p.known && t.chance(cookiesOfKnown):
		return byCookie
	case p.email != "" && !p.mailbox && t.chance(knownByEmail):
		return byEmail
	case p.lead && (!p.contact || x.at < p.contactAt):
		return byLead
	case p.second && t.chance(whole/2):
		return bySecondContact
	case p.contact:
		return byContact
	}
	return byLead
}
