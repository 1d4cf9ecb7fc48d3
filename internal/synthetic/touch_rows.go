package synthetic

// write writes a touch as a row, under its number.
func (t *touching) write(number int64, x touch) error {
	t.last = x
	ch := &channels[x.channel]
	campaign := -1
	if ch.aQuarter > 0 {
		campaign = t.programme.active(t.draws, x.channel, x.at.day())
	}
	r := t.row.begin().id("T-", number, 0).when(x.at)
	t.person(r, x)
	if campaign >= 0 && t.chance(channelOfCampaign) {
		r.none()
	} else {
		r.add(ch.name)
	}
	switch {
	case campaign < 0:
		r.none()
	case t.chance(unknownCampaigns):
		r.add("C-deleted")
	default:
		r.add(t.programme.all[campaign].id)
	}
	t.skip(1) // of the asset
	r.add(x.kind).add(t.asset(x)).add(ch.source).add(ch.medium).add(t.status(x, ch))
	if ch.web {
		r.none() // web analytics never go back to an event
	} else {
		r.when(x.at + instant(t.below(3))*hour)
	}
	return t.writeTouch()
}

// person writes the four columns that name a person.
func (t *touching) person(r *record, x touch) {
	n := t.profile.number
	switch x.named {
	case byContact:
		r.id("K-", n, x.person+1).none()
		t.alsoEmail(r, x)
		r.none()
	case bySecondContact:
		r.id("K-", n, x.person+1001).none().none().none()
	case byLead:
		r.none().id("L-", n, x.person+1)
		t.alsoEmail(r, x)
		r.none()
	case byEmail:
		r.none().none().add(t.people[x.person].email).none()
	case byCookie:
		r.none().none().none().id("web-", n, x.person+1)
	case byStranger:
		r.none().none().none().id("visitor-", n, int(x.visitor))
	case byStaff:
		r.add(t.staff[x.visitor].contact).none().add(t.staff[x.visitor].email).none()
	}
}

// alsoEmail gives the address beside the id, as some systems do.
func (t *touching) alsoEmail(r *record, x touch) {
	if x.channel%3 == 0 {
		r.add(t.people[x.person].email)
	} else {
		r.none()
	}
}

func (t *touching) status(x touch, ch *channel) string {
	switch {
	case t.profile.mailing:
		return "Sent"
	case len(ch.statuses) == 0:
		return ""
	case ch.unanswered == 0:
		return oneOf(t.draws, ch.statuses)
	case !x.answered && t.chance(ch.unanswered):
		return ch.statuses[len(ch.statuses)-1]
	}
	return oneOf(t.draws, ch.statuses[:len(ch.statuses)-1])
}
