package oracle

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
