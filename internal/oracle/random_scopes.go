package oracle

import (
	"fmt"
	"slices"
)

// scopes adds models that see only some touches. It and sinceLastWin come last, so that what was made
// before does not depend on them.
func (m *maker) scopes() {
	if m.chance(0.5) {
		return
	}
	o := &m.w.Options
	for _, id := range []string{"scoped_a", "scoped_b"} {
		c := m.custom(id)
		if m.chance(0.6) {
			c = Custom{ID: id, Kind: pick(m, []string{"linear", "w_shaped", "time_decay_7d", "lead_creation", "last_non_direct", "full_path"})}
		}
		if m.chance(0.5) {
			c.Only.Channels = pick(m, [][]string{{"paid search", "WEBINAR"}, {m.channels[6]}, {None, "Email"}, {"Direct"}})
		}
		if m.chance(0.3) {
			c.Only.TouchTypes = pick(m, [][]string{{"email", "Web"}, {None, "event"}})
		}
		if m.chance(0.2) {
			c.Only.SourceGroups = []string{pick(m, []string{"Sales", "marketing"})}
		}
		if m.chance(0.2) {
			c.Only.Campaigns = []string{pick(m, append([]string{None}, m.campaign...))}
		}
		o.Custom = append(o.Custom, c)
	}
}

// sinceLastWin lets journeys begin after the last win of the account, and puts touches at wins and
// just before and after them: at the ends of their days, where they have no time.
func (m *maker) sinceLastWin() {
	if m.chance(0.5) {
		return
	}
	m.w.Options.SinceLastWin = pick(m, [][]string{{"expansion", "renewal"}, {"renewal"}, {"new_business", "expansion", "renewal", "other"}})
	deals, err := readDeals(m.w)
	if err != nil || len(m.w.Touchpoints) == 0 {
		return
	}
	newest := int64(0)
	for _, row := range m.w.Touchpoints {
		if at, err := requiredInstant(row.OccurredAt, startOfDay); err == nil {
			newest = max(newest, at)
		}
	}
	roles := map[string][]string{}
	for _, role := range m.w.OpportunityContacts {
		roles[role.OpportunityID] = append(roles[role.OpportunityID], role.ContactID)
	}
	for _, d := range deals {
		for _, later := range deals {
			served := roles[later.OpportunityID]
			if !d.won || d == later || d.AccountID == "" || d.AccountID != later.AccountID || len(served) == 0 || m.chance(0.3) {
				continue
			}
			row := pick(m, m.w.Touchpoints)
			at := pick(m, []int64{d.wonAt.start, d.wonAt.start - 1, d.wonAt.end, d.wonAt.end + 1})
			if at > newest {
				continue
			}
			m.freshTouch++
			row.TouchID, row.OccurredAt = fmt.Sprintf("win%d", m.freshTouch), instantText(at)
			row.ContactID, row.LeadID, row.Email, row.AnonymousID = pick(m, served), "", "", ""
			m.w.Touchpoints = slices.Insert(m.w.Touchpoints, m.r.IntN(len(m.w.Touchpoints)+1), row)
		}
	}
}
