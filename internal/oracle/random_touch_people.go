package oracle

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
