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
		t.OccurredAt = instantText(at)
		if m.chance(0.06) {
			t.OccurredAt = dayText(dayOf(at))
		}
		m.keep(t, at)
		if m.chance(0.08) {
			m.keep(t, at) // another touch at the same instant
		}
	}
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
	case m.chance(0.1) && len(m.anonymous) > 0:
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

// someoneOf is a contact and, perhaps, a lead of the opportunity's roles or account, else of anyone.
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
	if at, known := m.leadEdge(t); known && m.chance(0.35) {
		return at
	}
	return m.moment(created-200*microsPerDay, created+20*microsPerDay)
}

// leadEdge is the end of the grace after the touched record became a lead, or just around it.
func (m *maker) leadEdge(t Touchpoint) (int64, bool) {
	var became []int64
	add := func(text string, bare dayPart) {
		if at, known, _ := instant(text, bare); known {
			became = append(became, at)
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
