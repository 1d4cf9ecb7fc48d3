package oracle

// dimensions gives the world what only dimensions of performance read, all copies of a record alike:
// sources and mediums, industries, owners, and a tree of campaigns. It draws last, so that the tables
// made before are those they were.
func (m *maker) dimensions() {
	m.w.Options.DimensionValues = pick(m, []int{1, 2, 3, 1000, 1000})
	origins, owners := map[string][2]string{}, map[string]string{}
	for i := range m.w.Touchpoints {
		t := &m.w.Touchpoints[i]
		if _, known := origins[t.TouchID]; !known {
			origins[t.TouchID] = [2]string{pick(m, []string{"google", "newsletter", "", None, "Google"}), pick(m, []string{"cpc", "email", ""})}
		}
		t.Source, t.Medium = origins[t.TouchID][0], origins[t.TouchID][1]
	}
	for i := range m.w.Accounts {
		m.w.Accounts[i].Industry = pick(m, []string{"Software", "Retail", ""})
	}
	for i := range m.w.Opportunities {
		o := &m.w.Opportunities[i]
		if _, known := owners[o.OpportunityID]; !known {
			owners[o.OpportunityID] = pick(m, reps)
		}
		o.Owner = owners[o.OpportunityID]
	}
	isTree := m.chance(0.7)
	for i := range m.w.Campaigns {
		switch {
		case isTree && i > 0 && m.chance(0.6):
			m.w.Campaigns[i].ParentCampaignID = m.w.Campaigns[m.r.IntN(i)].CampaignID
		case isTree && m.chance(0.1):
			m.w.Campaigns[i].ParentCampaignID = "k-missing"
		}
	}
}
