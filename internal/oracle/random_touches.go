package oracle

import "fmt"

// touches makes up to 60 touches; most of them aim at an edge of some opportunity or person.
func (m *maker) touches() {
	count := m.between(0, 60)
	if m.chance(0.2) {
		count = m.between(0, 5) // journeys of one touch
	}
	for range count {
		t := Touchpoint{
			Channel:    pick(m, m.channels),
			CampaignID: pick(m, m.campaign),
			TouchType:  pick(m, []string{"", "email", "web", "event"}),
			Status: pick(m, []string{"", "", "", "", "Responded", "Attended", "Clicked", "Registered",
				"Sent", "No Show", "no-show", "UNSUBSCRIBED", "bounced", "invited"}),
		}
		if m.chance(0.25) {
			t.Channel = ""
		}
		if m.chance(0.25) {
			t.CampaignID = ""
		}
		if m.chance(0.1) {
			t.Channel = pick(m, []string{"Direct", "direct", "DIRECT"})
		}
		o := pick(m, m.w.Opportunities)
		m.name(&t, o)
		at := m.when(t, o)
		if m.chance(0.08) && len(m.w.Touchpoints) > 0 {
			at = m.halfLives(&t)
		}
		t.OccurredAt = instantText(at)
		if m.chance(m.bare / 2) {
			t.OccurredAt = dayText(dayOf(at))
		}
		m.keep(t, at)
		if m.chance(0.08) {
			m.keep(t, at) // another touch at the same instant
		}
		if m.chance(0.15) {
			m.repeat(t, at)
		}
	}
	if m.chance(0.5) {
		m.decay()
	}
}

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

// oneChannel puts all touches of some campaigns without a channel into one: their costs follow.
func (m *maker) oneChannel() {
	own := channelsOf(m.w)
	for _, campaign := range m.campaign {
		if own[campaign] != "" || m.chance(0.5) {
			continue
		}
		channel := pick(m, m.channels)
		for i := range m.w.Touchpoints {
			if m.w.Touchpoints[i].CampaignID == campaign {
				m.w.Touchpoints[i].Channel = channel
			}
		}
	}
}

// missingFiles leaves out the file of the campaigns in some worlds.
func (m *maker) missingFiles() {
	if m.chance(0.1) {
		m.w.Campaigns = nil
	}
}

// sameDays puts things on the day of the creation, the close or a stage of an opportunity, with and
// without a time.
func (m *maker) sameDays() {
	for range m.between(0, 6) {
		i := m.r.IntN(len(m.w.Opportunities))
		o := m.w.Opportunities[i]
		day := m.dayOfDeal(o)
		clock := func() int64 {
			return day*microsPerDay + pick(m, []int64{0, 1, 9 * 3600 * 1_000_000, 15 * 3600 * 1_000_000, microsPerDay - 1, microsPerDay})
		}
		contact, lead := m.someoneOf(o)
		created := m.timeText(clock())
		if m.chance(0.5) {
			created = dayText(day)
		}
		m.setCreations(contact, lead, created)
		if m.chance(0.5) {
			m.enter(contactKind, contact.ContactID, m.word(pick(m, m.w.Options.Funnel)), clock())
		}
		for range m.between(0, 2) {
			at := clock()
			t := Touchpoint{ContactID: contact.ContactID, Channel: pick(m, m.channels), CampaignID: pick(m, m.campaign), OccurredAt: instantText(at)}
			m.keep(t, at)
		}
	}
}

// setCreations dates a lead or a contact anew, and all copies of its row alike.
func (m *maker) setCreations(contact Contact, lead Lead, created string) {
	if m.chance(0.6) {
		for i := range m.w.Leads {
			if m.w.Leads[i].LeadID == lead.LeadID {
				m.w.Leads[i].CreatedAt = created
			}
		}
		return
	}
	for i := range m.w.Contacts {
		if m.w.Contacts[i].ContactID == contact.ContactID {
			m.w.Contacts[i].CreatedAt = created
		}
	}
}

// dayOfDeal is a day on which something happens to the opportunity.
func (m *maker) dayOfDeal(o Opportunity) int64 {
	created, _, _ := instant(o.CreatedAt, endOfDay)
	days := []int64{dayOf(created)}
	if closed, known, _ := instant(o.ClosedAt, endOfDay); known {
		days = append(days, dayOf(closed))
	}
	for _, s := range m.w.StageHistory {
		if at, _, _ := instant(s.EnteredAt, startOfDay); s.EntityType == opportunityKind && s.EntityID == o.OpportunityID {
			days = append(days, dayOf(at))
		}
	}
	return pick(m, days)
}

// keep adds a touch under a fresh id whose order as bytes says nothing about its time.
func (m *maker) keep(t Touchpoint, at int64) {
	if at > m.horizon {
		return
	}
	m.freshTouch++
	t.TouchID = fmt.Sprintf("%s%d", pick(m, []string{"t", "T", "é", "z-"}), m.freshTouch)
	m.w.Touchpoints = append(m.w.Touchpoints, t)
}

// name says who was touched: mostly someone of the opportunity.
func (m *maker) name(t *Touchpoint, o Opportunity) {
	contact, lead := m.someoneOf(o)
	switch {
	case m.chance(0.15) && len(m.anonymous) > 0:
		t.AnonymousID = pick(m, m.anonymous)
	case m.chance(0.12):
		t.Email = m.email()
	case m.chance(0.05):
		t.Email = pick(m, []string{"info@acme1.example", "sales@sub.acme2.example", "fresh@acme3.example"})
	case m.chance(0.15) && isAddress(normalEmail(contact.Email)):
		t.Email = contact.Email
	case m.chance(0.04):
		t.ContactID = "c-missing1"
	case lead.LeadID != "" && m.chance(0.5):
		t.LeadID = lead.LeadID
	default:
		t.ContactID = contact.ContactID
	}
	if m.chance(0.08) { // a second name, that may disagree
		other, otherLead := m.someoneOf(pick(m, m.w.Opportunities))
		switch m.r.IntN(3) {
		case 0:
			t.LeadID = otherLead.LeadID
		case 1:
			t.ContactID = other.ContactID
		default:
			t.Email = m.email()
		}
	}
	if t.ContactID == "" && t.LeadID == "" && t.Email == "" && t.AnonymousID == "" {
		t.ContactID = contact.ContactID
	}
}

// someoneOf is a contact and, perhaps, a lead of the opportunity's roles or account, else of
// anyone.
func (m *maker) someoneOf(o Opportunity) (Contact, Lead) {
	contact, lead := pick(m, m.w.Contacts), Lead{}
	if len(m.w.Leads) > 0 {
		lead = pick(m, m.w.Leads)
	}
	if m.chance(0.25) {
		return contact, lead
	}
	var contacts []Contact
	for _, c := range m.w.Contacts {
		if c.AccountID == o.AccountID && o.AccountID != "" {
			contacts = append(contacts, c)
		}
		for _, row := range m.w.AccountContacts {
			if row.ContactID == c.ContactID && row.AccountID == o.AccountID {
				contacts = append(contacts, c)
			}
		}
		for _, role := range m.w.OpportunityContacts {
			if role.OpportunityID == o.OpportunityID && role.ContactID == c.ContactID {
				contacts = append(contacts, c)
			}
		}
	}
	if len(contacts) > 0 {
		contact = pick(m, contacts)
	}
	for _, l := range m.w.Leads {
		if l.ConvertedContactID == contact.ContactID || l.AccountID == o.AccountID && o.AccountID != "" {
			lead = l
		}
	}
	return contact, lead
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
