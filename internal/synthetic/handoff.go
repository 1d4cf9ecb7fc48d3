package synthetic

// An entry is a row of a person's stage history.
type entry struct {
	step
	owner string
	added bool // written by sales beside the course of the person
}

// nobodysWord is a word of the CRM that is neither a stage of the funnel nor in the vocabulary of
// marketing and sales.
const nobodysWord = "On hold"

// theSlacker is the number of the rep who does not follow up.
const theSlacker = 1

// drawCourses draws how the people of an account go through the funnel.
func (g *generator) drawCourses(d *draws, people []person, deals []deal) {
	for i := range people {
		x := &people[i]
		until := instant(0)
		for _, deal := range deals {
			if deal.funnel && deal.people[0] == i && x.leadAt < deal.created-day && !x.brings {
				x.brings, until = true, deal.created
			}
		}
		x.course = g.funnelOf(d, x, until, x.brings)
		for _, s := range x.course {
			if s.stage == "MQL" && x.qualified == 0 {
				x.qualified = s.at
			}
		}
	}
	for _, deal := range deals {
		if deal.kind != newBusiness || deal.noRoles || deal.reverses > 0 {
			continue
		}
		for _, one := range deal.people {
			people[one].onWon = people[one].onWon || deal.won
			people[one].onLost = people[one].onLost || deal.lost
		}
	}
}

// comesTo says what sales made of a person's leads.
func (x *person) comesTo() (accepted, nothing bool) {
	accepted = x.brings
	for _, s := range x.course {
		accepted = accepted || s.stage == "SAL" || s.stage == "SQL"
	}
	return accepted, !accepted && len(x.course) > 0 && x.course[len(x.course)-1].stage == "MQL"
}

// handOver decides who in sales has each person, how fast that one was, and what the CRM says of
// it. The calls are the ones of callsOf: here they get their time, or are left out.
func (g *generator) handOver(p profile, people []person) {
	h := &handing{generator: g, draws: stream(g.seed, p.number, ofHandoff)}
	for i := range people {
		x := &people[i]
		h.own(x)
		calls := x.calls
		x.calls = nil
		for _, c := range calls {
			if c.early {
				h.callEarly(x, c)
			}
		}
		for at, s := range x.course {
			h.enter(x, at, s, calls)
		}
	}
}

type handing struct {
	*generator
	*draws
}

// own decides who has a person: the leads of the rep who does not follow up come to nothing more
// often than those of others, and some leads belong to nobody.
func (h *handing) own(x *person) {
	reps := int64(len(h.staff))
	accepted, nothing := x.comesTo()
	switch {
	case x.qualified == 0:
		x.unowned = h.chance(unownedLeads)
	case accepted && x.rep == theSlacker && h.chance(slackerLoses):
		x.rep = int((theSlacker + 1 + h.below(reps-1)) % reps)
	case nothing && h.chance(unownedOf):
		x.unowned = true
	case nothing && h.below(reps) == 0:
		x.rep = theSlacker
	}
}

// callEarly is a call on someone who had not qualified yet.
func (h *handing) callEarly(x *person, c activity) {
	if on := c.at.day(); h.calendar.opens[on-calendarFrom] > 0 {
		c.at = h.calendar.inOffice(h.draws, on)
	}
	if c.at <= x.leadAt || c.at >= x.qualified {
		c.at = x.leadAt + (x.qualified-x.leadAt)/2
	}
	c.gone = x.unowned || c.at >= x.qualified
	h.call(x, h.draw(c, x))
}

// enter writes a step of a person's course into its history and, of an entry to MQL, what sales did
// then.
func (h *handing) enter(x *person, at int, s step, calls []activity) {
	owner, next := h.staff[x.rep].name, windowTo-hour
	if at+1 < len(x.course) {
		next = x.course[at+1].at
	}
	if (s.stage == "Rejected" || s.stage == "Recycled") && h.chance(withoutReason) {
		s.reason = ""
	}
	if s.stage == "lead" || x.unowned {
		owner = ""
	}
	x.history = append(x.history, entry{step: s, owner: owner})
	if s.stage != "MQL" {
		return
	}
	first := s.at == x.qualified
	response, responds := h.respond(x, s.at, first, calls)
	if !x.unowned && first && h.chance(assignedLater) {
		h.assign(x, s.at, response, responds, next)
	}
	_, nothing := x.comesTo()
	switch {
	case x.unowned:
	case responds && response < next-hour && h.chance(marksWorking):
		x.history = append(x.history, entry{step{"Working", response + minute, ""}, owner, true})
	case !responds && nothing && at+1 == len(x.course) && h.chance(onHold):
		if later := h.calendar.inOffice(h.draws, s.at.day()+h.between(20, 60)); later < next {
			x.history = append(x.history, entry{step{nobodysWord, later, ""}, owner, true})
		}
	}
}

// assign takes the owner out of the entry at hand, and names one in a later edit of it: most within
// an hour of office time, and before the lead is answered.
func (h *handing) assign(x *person, entered, response instant, responds bool, next instant) {
	took := instant(h.between(2, 55)) * minute
	if h.chance(assignedLate) {
		took = instant(65+min(h.exponential(240), 1200)) * minute
	}
	at := h.calendar.afterOfficeTime(entered, took)
	if responds && at >= response {
		at = h.calendar.afterOfficeTime(entered, minute)
	}
	if at >= next || responds && at >= response {
		return
	}
	last := &x.history[len(x.history)-1]
	x.history = append(x.history, entry{step{"MQL", at, last.reason}, last.owner, true})
	last = &x.history[len(x.history)-2]
	last.owner = ""
}

// respond is the work of sales on a delivered lead: when it began, and whether it did.
func (h *handing) respond(x *person, delivered instant, first bool, calls []activity) (at instant, responds bool) {
	took := instant(5+h.exponential(55)) * minute
	if took > 230*minute {
		took = instant(h.between(5, 230)) * minute
	}
	if late := h.chance(lateResponses) || x.rep == theSlacker; late {
		took = instant(250+min(h.exponential(600), 4500)) * minute
	}
	at = h.calendar.afterOfficeTime(delivered, took+instant(h.below(60))*second)
	idle := x.unowned || x.rep == theSlacker && !h.chance(slackerFollowsUp)
	if !first {
		if idle || !h.chance(workedMQLs) || at >= windowTo-hour {
			return at, false
		}
		h.call(x, h.draw(activity{at: at, rep: x.rep, added: true}, x))
		return at, true
	}
	when := at
	for _, c := range calls {
		if c.early {
			continue
		}
		c.at, c.rep, c.gone = when, x.rep, idle || when >= windowTo-hour
		responds = responds || !c.gone
		h.call(x, h.draw(c, x))
		when = h.calendar.inOffice(h.draws, when.day()+h.between(1, 6))
	}
	return at, responds
}

func (h *handing) call(x *person, c activity) {
	c.about, c.rep = whom{"K-", x.number, 1}, x.rep
	if x.lead && (!x.contact || c.at < x.contactAt) {
		c.about = whom{"L-", x.number, 0}
	}
	x.calls = append(x.calls, c)
}

// draw says how sales spoke with someone, and what came of it.
func (h *handing) draw(c activity, x *person) activity {
	accepted, _ := x.comesTo()
	c.kind, c.outcome = h.talk(accepted)
	return c
}

// writeHistory writes the history of a person.
func (g *generator) writeHistory(p profile, x *person) error {
	entity, prefix := "contact", "K-"
	if x.lead {
		entity, prefix = "lead", "L-"
	}
	spoiled := false
	for _, e := range x.history {
		if !e.added {
			bad := g.bad[stageHistoryTable]
			if err := g.writeStage(entity, prefix, p.number, x.number, e.step, e.owner); err != nil {
				return err
			}
			spoiled = g.bad[stageHistoryTable] > bad
			continue
		}
		if spoiled { // an edit would make the entry that the bad row does not
			continue
		}
		g.row.begin().add(entity).id(prefix, p.number, x.number).add(e.stage).when(e.at).add(e.owner).add(e.reason)
		if err := g.writeMore(stageHistoryTable); err != nil {
			return err
		}
	}
	return nil
}
