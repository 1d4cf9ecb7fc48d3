package oracle

// handover delivers someone, perhaps more than once, with outcomes, owners and activities at the
// edges of every term.
func (m *maker) handover() {
	o := m.w.Options
	who := m.linkable(false)
	at := m.moment(m.start-60*microsPerDay, m.horizon-2*microsPerDay)
	waits := false
	switch {
	case m.chance(0.25):
		at = m.nearClockChange(at)
	case m.chance(0.3): // so late that as-of may stand where it expires
		at = m.moment(m.horizon-int64(o.Alignment.ExpiresAfterDays)*microsPerDay, m.horizon)
		waits = m.chance(0.5)
	}
	if m.chance(0.4) {
		m.act(who, at-pick(m, []int64{0, 1, 3600 * 1_000_000, microsPerDay}))
	}
	for range m.between(1, 3) {
		m.row(who, m.word(o.Funnel[o.delivered()]), at)
		if m.chance(0.2) {
			m.row(who, m.word(o.Funnel[o.delivered()]), at+pick(m, []int64{0, 0, 600 * 1_000_000})) // an edit, perhaps with an owner
		}
		m.answer(who, at)
		expires := int64(o.Alignment.ExpiresAfterDays) * microsPerDay
		after := at + pick(m, []int64{0, 1, expires, expires + 1, expires - 1, 3600 * 1_000_000, 5 * microsPerDay, m.r.Int64N(40 * microsPerDay)})
		m.turns = append(m.turns, at+expires)
		if waits {
			m.turns = append(m.turns, at+expires, at+expires, at+expires, at+expires)
			return
		}
		if m.chance(0.15) && o.Alignment.ServiceLevel.Zone != "" {
			after = m.businessDue(at, o.Alignment.ServiceLevel.AssignmentMinutes)
		}
		if m.chance(0.75) {
			m.row(who, m.outcomeWord(), after)
			if m.chance(0.25) {
				m.row(who, m.outcomeWord(), after+pick(m, []int64{0, 0, microsPerDay}))
			}
		}
		if m.chance(0.3) {
			m.dealFor(who, after)
		}
		at = after + pick(m, []int64{0, 1, microsPerDay, m.r.Int64N(30 * microsPerDay)})
		if at > m.horizon {
			return
		}
	}
}

// outcomeWord is a word that ends a delivery, or one that does not.
func (m *maker) outcomeWord() string {
	a := m.w.Options.Alignment
	words := append(append(append([]string{"Working", "on hold", "Nurture"}, a.Accepted...), a.Rejected...), a.Recycled...)
	for place, s := range m.w.Options.Funnel {
		if place > m.w.Options.delivered() && s.Unit == PersonUnit {
			words = append(words, s.Name)
		}
	}
	if m.chance(0.05) {
		return "opportunity"
	}
	return m.word(Stage{Name: pick(m, words)})
}

// row adds a row of the history with an owner and a reason, which may be blank.
func (m *maker) row(who node, word string, at int64) {
	if at > m.horizon {
		return
	}
	m.w.StageHistory = append(m.w.StageHistory, StageEntry{EntityType: who.kind, EntityID: who.id, Stage: word, EnteredAt: m.timeText(at),
		Owner: pick(m, reps), Reason: pick(m, rejections)})
}

// answer names an owner and responds, at or around the terms of the service level.
func (m *maker) answer(who node, at int64) {
	level := m.w.Options.Alignment.ServiceLevel
	due := m.businessDue(at, level.FirstResponseMinutes)
	m.turns = append(m.turns, due, m.businessDue(at, level.AssignmentMinutes))
	if m.chance(0.4) {
		m.row(who, pick(m, []string{"Working", "on hold"}), m.businessDue(at, level.AssignmentMinutes)+pick(m, []int64{0, 1, -1, 3600 * 1_000_000}))
	}
	if m.chance(0.6) {
		m.act(who, pick(m, []int64{at, due, due + 1, due - 1, due + microsPerDay, at + m.r.Int64N(10*microsPerDay)}))
	}
}

// businessDue is the first instant at which so many minutes of business time have passed.
func (m *maker) businessDue(from int64, minutes int) int64 {
	c, err := m.w.Options.Alignment.ServiceLevel.calendar()
	if err != nil {
		panic(err) // the maker itself made it
	}
	low, high := from, from+60*microsPerDay
	for low < high {
		middle := low + (high-low)/2
		if c.businessTime(from, middle) >= int64(minutes)*microsPerMinute {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// nearClockChange is an instant in the hours before the clocks of the service level change, if they
// do so within a year.
func (m *maker) nearClockChange(from int64) int64 {
	c, err := m.w.Options.Alignment.ServiceLevel.calendar()
	if err != nil {
		panic(err)
	}
	for day := dayOf(from); day*microsPerDay < m.horizon-2*microsPerDay; day++ {
		if c.lengthOf(day) != 24*3600*1_000_000 {
			return day*microsPerDay - int64(m.between(0, 20))*3600*1_000_000
		}
	}
	return from
}

// dealFor creates an opportunity with a role of someone, at an instant or on its day.
func (m *maker) dealFor(who node, at int64) {
	if who.kind != contactKind || at > m.horizon {
		return
	}
	o := m.opportunity(len(m.w.Opportunities) + 100)
	o.CreatedAt = m.timeText(at)
	m.outcome(&o, m.chance(0.5), true)
	m.w.Opportunities = append(m.w.Opportunities, o)
	m.w.OpportunityContacts = append(m.w.OpportunityContacts, OpportunityContact{OpportunityID: o.OpportunityID, ContactID: who.id, Role: "Champion", IsPrimary: "true"})
}
