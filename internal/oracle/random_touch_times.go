package oracle

// decay adds a touch at the creation of an opportunity, the last one that may serve it, and one 41
// half-lives earlier, the oldest one that earns anything by time decay.
func (m *maker) decay() {
	o := pick(m, m.w.Opportunities)
	contact, _ := m.someoneOf(o)
	created, _, _ := instant(o.CreatedAt, endOfDay)
	age := int64(41*pick(m, []int{7, 7, 30}))*microsPerDay + int64(m.between(-1, 1))
	for _, at := range []int64{created, created - age} {
		m.keep(Touchpoint{ContactID: contact.ContactID, Channel: "Email", TouchType: "email", OccurredAt: instantText(at)}, at)
	}
}

// halfLives names the person of a touch that is there, and gives the instant whole half-lives
// before it. A touch more than 41 of them earlier earns nothing.
func (m *maker) halfLives(t *Touchpoint) int64 {
	later := pick(m, m.w.Touchpoints)
	t.ContactID, t.LeadID, t.Email, t.AnonymousID = later.ContactID, later.LeadID, later.Email, later.AnonymousID
	at, _, _ := instant(later.OccurredAt, startOfDay)
	lives := m.between(1, 4)
	if m.chance(0.6) {
		lives = m.between(39, 42)
	}
	return at - int64(lives*pick(m, []int{7, 7, 30}))*microsPerDay - pick(m, []int64{0, 0, 1})
}

// repeat adds touches shortly after one of the same person, mostly alike, on the edges of the
// dedupe window and of a burst.
func (m *maker) repeat(t Touchpoint, at int64) {
	window := int64(max(m.w.Options.DedupeWindowMinutes, 1)) * microsPerMinute
	burst := int64(max(m.w.Options.BotBurst.Seconds, 1)) * 1_000_000
	for range m.between(1, 4) {
		switch m.r.IntN(8) {
		case 0:
			t.Channel = pick(m, m.channels)
		case 1:
			t.CampaignID = pick(m, m.campaign)
		case 2:
			t.TouchType = pick(m, []string{"", "email", "web", "event"})
		case 3:
			t.Status = pick(m, []string{"", "Sent"})
		}
		at += pick(m, []int64{0, window, window + 1, window / 2, burst, burst + 1, burst / 2})
		t.OccurredAt = instantText(at)
		m.keep(t, at)
	}
}

// when aims at the edges of the look-back, the anchors and the creation of leads.
func (m *maker) when(t Touchpoint, o Opportunity) int64 {
	created, _, _ := instant(o.CreatedAt, endOfDay)
	closed, hasClose, _ := instant(o.ClosedAt, endOfDay)
	for _, s := range m.w.StageHistory {
		if s.EntityType == "opportunity" && s.EntityID == o.OpportunityID && m.chance(0.5) {
			closed, _, _ = instant(s.EnteredAt, startOfDay)
		}
	}
	lookback := created - int64(m.w.Options.LookbackDays)*microsPerDay
	switch {
	case m.chance(0.07):
		return lookback
	case m.chance(0.05):
		return lookback - 1
	case m.chance(0.08):
		return created
	case m.chance(0.05):
		return created + 1
	case hasClose && m.chance(0.08):
		return closed
	case hasClose && m.chance(0.05):
		return closed + 1
	case m.chance(0.05):
		return created - 90*microsPerDay - int64(m.r.IntN(2))
	case m.chance(0.04): // years old
		return created - int64(m.between(2, 10))*365*microsPerDay - 1
	case m.chance(0.04): // whole half-lives, the 41st among them
		return created - int64(pick(m, []int{7, 30})*m.between(39, 43))*microsPerDay - int64(m.r.IntN(2))
	case m.chance(0.05) && o.ClosedAt != "": // between creation and close
		return m.moment(min(created, closed), max(created, closed)+1)
	}
	if at, known := m.periodEdge(); known && m.chance(0.08) {
		return at
	}
	if at, known := m.membershipEdge(t); known && m.chance(0.5) {
		return at
	}
	if at, known := m.leadEdge(t); known && m.chance(0.35) {
		return at
	}
	return m.moment(created-200*microsPerDay, created+20*microsPerDay)
}

// membershipEdge is the first or last instant of the touched contact at an account, or the one just
// outside.
func (m *maker) membershipEdge(t Touchpoint) (int64, bool) {
	var edges []int64
	for _, row := range m.w.AccountContacts {
		if row.ContactID != t.ContactID {
			continue
		}
		if day, err := parseDay(row.StartsOn); err == nil {
			edges = append(edges, day*microsPerDay, day*microsPerDay-1)
		}
		if day, err := parseDay(row.EndsOn); err == nil {
			edges = append(edges, (day+1)*microsPerDay, (day+1)*microsPerDay-1)
		}
	}
	if len(edges) == 0 {
		return 0, false
	}
	return pick(m, edges), true
}

// leadEdge is the end of the grace after the touched record became a lead, or just around it.
func (m *maker) leadEdge(t Touchpoint) (int64, bool) {
	var became []int64
	add := func(text string, bare dayPart) {
		if at, known, _ := readTime(text, bare); known {
			became = append(became, at.at)
			if at.start < at.end {
				became = append(became, at.start, at.end)
			}
		}
	}
	for _, s := range m.w.StageHistory {
		if (s.EntityType == leadKind && s.EntityID == t.LeadID) || (s.EntityType == contactKind && s.EntityID == t.ContactID) {
			add(s.EnteredAt, startOfDay)
		}
	}
	for _, l := range m.w.Leads {
		if l.LeadID == t.LeadID || l.ConvertedContactID != "" && l.ConvertedContactID == t.ContactID {
			add(l.CreatedAt, endOfDay)
		}
	}
	for _, c := range m.w.Contacts {
		if c.ContactID == t.ContactID {
			add(c.CreatedAt, endOfDay)
		}
	}
	if len(became) == 0 {
		return 0, false
	}
	grace := int64(m.w.Options.LeadCreationGraceMinutes) * microsPerMinute
	return pick(m, became) + pick(m, []int64{grace, grace + 1, grace - 1, 0, -3600 * 1_000_000}), true
}
