package oracle

// budgets gives most campaigns dates and a budget. It and selfReports come last, so that what was made
// before does not depend on them.
func (m *maker) budgets() {
	asOf := m.horizon
	if at, known, _ := instant(m.w.Options.AsOf, endOfDay); known {
		asOf = at
	}
	for i := range m.w.Campaigns {
		c := &m.w.Campaigns[i]
		first := dayOf(m.moment(m.start-60*microsPerDay, m.horizon+20*microsPerDay))
		if m.chance(0.2) {
			first = dayOf(asOf) + pick(m, []int64{0, 1, -1}) // begins around as-of
		}
		if m.chance(0.85) {
			c.StartsOn = dayText(first)
		}
		if m.chance(0.85) {
			c.EndsOn = dayText(first + int64(pick(m, []int{0, 1, 29, 89, 364})))
		}
		c.Budget = pick(m, []string{"", "0", "-10", "100", "1000.50", "33.333333", "0.000001", "250000"})
		if c.Budget == "" {
			continue
		}
		c.Currency = pick(m, m.currency)
		if m.w.Options.ReportingCurrency != "" && m.chance(0.1) {
			c.Currency = "CHF" // nobody has a rate of it
		}
		m.spendAsPlanned(c)
	}
}

// spendAsPlanned makes the budget of some campaigns that are over what they have cost on one day, so
// that they are on pace.
func (m *maker) spendAsPlanned(c *Campaign) {
	for _, cost := range m.w.Costs {
		if cost.CampaignID == c.CampaignID && cost.StartsOn == cost.EndsOn && m.chance(0.3) {
			c.StartsOn, c.EndsOn, c.Budget, c.Currency = cost.StartsOn, cost.EndsOn, cost.Amount, cost.Currency
		}
	}
}

// selfReports lets leads and opportunities say what brought them, all copies of a row alike: a
// channel, a source group, something else, or nothing.
func (m *maker) selfReports() {
	words := append([]string{"", "", "paid search", "PAID-SEARCH", "Webinar", "email", "Marketing", "sales", "Podcast", "pod cast", None, "-"}, m.channels...)
	answers := map[string]string{}
	for i := range m.w.Leads {
		l := &m.w.Leads[i]
		if _, known := answers[leadKind+l.LeadID]; !known {
			answers[leadKind+l.LeadID] = pick(m, words)
		}
		l.SelfReportedSource = answers[leadKind+l.LeadID]
	}
	for i := range m.w.Opportunities {
		o := &m.w.Opportunities[i]
		if _, known := answers[opportunityKind+o.OpportunityID]; !known {
			answers[opportunityKind+o.OpportunityID] = pick(m, words)
		}
		o.SelfReportedSource = answers[opportunityKind+o.OpportunityID]
	}
}
