package oracle

import "fmt"

// people makes contacts and leads whose e-mails come from a small pool, so that they are shared.
func (m *maker) people() {
	var pool []string
	for range m.between(3, 8) {
		pool = append(pool, m.email())
	}
	pool = append(pool, "info@acme2.example")
	m.noLeads = m.chance(0.2)
	if !m.noLeads || m.chance(0.3) {
		m.w.Leads = []Lead{} // a file with a header only
	}
	for i := range m.between(4, 15) {
		if i == 0 || m.chance(0.5) || m.noLeads {
			m.contact(i, pool)
		} else {
			m.lead(i, pool)
		}
	}
}

func (m *maker) email() string {
	local := fmt.Sprintf("p%d", m.between(1, 5))
	return local + "@" + pick(m, []string{
		"acme1.example", "acme2.example", "sub.acme2.example", "acme3.example", "gmail.com", "other.example",
		"partner.com", "tributary.example",
	})
}

// heldEmail is an e-mail as a record has it: missing, a role mailbox, no address at all, or badly
// typed.
func (m *maker) heldEmail(pool []string) string {
	switch {
	case m.chance(0.15):
		return ""
	case m.chance(0.08):
		return pick(m, []string{"info@acme1.example", "sales@acme3.example", "support@other.example"})
	case m.chance(0.04):
		return pick(m, []string{"n/a", "unknown"})
	}
	email := pick(m, pool)
	if m.chance(0.15) {
		email = " " + string(email[0]-'a'+'A') + email[1:] + " "
	}
	return email
}

// birth is the creation of a record.
func (m *maker) birth() string {
	at := m.moment(m.start-300*microsPerDay, m.horizon)
	if edge, known := m.periodEdge(); known && m.chance(0.05) {
		at = edge
	}
	return m.timeText(at)
}

func (m *maker) contact(i int, pool []string) {
	c := Contact{ContactID: fmt.Sprintf("c%d", i), Email: m.heldEmail(pool), Persona: "buyer"}
	switch {
	case m.chance(0.05):
		c.ContactID = fmt.Sprintf("C%d ", i) // ids are bytes, blanks and case included
	case len(m.w.Leads) > 0 && m.w.Leads[len(m.w.Leads)-1].LeadID == fmt.Sprintf("l%d", i-1) && m.chance(0.3):
		c.ContactID = fmt.Sprintf("l%d", i-1) // as a lead is called
	case m.chance(0.04):
		c.ContactID = fmt.Sprintf("o%d", i) // as some opportunity may be called
	}
	if m.chance(0.65) {
		c.AccountID = m.anAccount()
	}
	if m.chance(0.85) {
		c.CreatedAt = m.birth()
	}
	m.w.Contacts = append(m.w.Contacts, c)
}

func (m *maker) lead(i int, pool []string) {
	l := Lead{LeadID: fmt.Sprintf("l%d", i), Email: m.heldEmail(pool), CreatedAt: m.birth(), Owner: "kim"}
	if m.chance(0.35) {
		l.AccountID = m.anAccount()
	}
	if m.chance(0.5) {
		l.Source = pick(m, m.channels)
	}
	switch {
	case m.chance(0.45):
		l.ConvertedContactID = pick(m, m.w.Contacts).ContactID
	case m.chance(0.15):
		l.ConvertedContactID = fmt.Sprintf("c-missing%d", m.between(1, 2))
	}
	if l.ConvertedContactID != "" {
		from := node{leadKind, l.LeadID}
		m.links[from] = append(m.links[from], node{contactKind, l.ConvertedContactID})
	}
	m.w.Leads = append(m.w.Leads, l)
}

// identities links contacts, leads and anonymous ids, in chains too, and never in a cycle.
func (m *maker) identities() {
	for i := range m.between(0, 4) {
		m.anonymous = append(m.anonymous, fmt.Sprintf("anon-%d", i))
	}
	for range m.between(0, 7) {
		from, to := m.linkable(true), m.linkable(false)
		if from == to || m.reaches(to, from) {
			continue
		}
		m.links[from] = append(m.links[from], to)
		link := IdentityLink{FromID: from.id, ToID: to.id, Kind: from.kind, ToKind: to.kind}
		if from.kind == contactKind && m.chance(0.7) {
			link.Kind = ""
		}
		if to.kind == contactKind && m.chance(0.7) {
			link.ToKind = ""
		}
		m.w.IdentityMap = append(m.w.IdentityMap, link)
		if m.chance(0.05) {
			m.w.IdentityMap = append(m.w.IdentityMap, link)
		}
	}
	if m.chance(0.4) {
		m.twoContacts()
	}
	for range m.between(0, 5) {
		n := m.linkable(false)
		at := m.moment(m.start-200*microsPerDay, m.horizon)
		m.w.StageHistory = append(m.w.StageHistory, StageEntry{EntityType: n.kind, EntityID: n.id,
			Stage: pick(m, []string{"Lead", "lead", "LEAD", "MQL", "SQL"}), EnteredAt: m.timeText(at)})
	}
}

// twoContacts gives one person contacts at two accounts, and perhaps an anonymous id to both
// contacts. Without the link of the contacts, the anonymous id is one of two persons.
func (m *maker) twoContacts() {
	if len(m.w.Contacts) < 2 {
		return
	}
	i := m.r.IntN(len(m.w.Contacts) - 1)
	a, b := &m.w.Contacts[i], &m.w.Contacts[m.between(i+1, len(m.w.Contacts)-1)]
	a.AccountID, b.AccountID = m.w.Accounts[0].AccountID, m.w.Accounts[1].AccountID
	from, to := node{contactKind, a.ContactID}, node{contactKind, b.ContactID}
	if m.chance(0.6) && !m.reaches(to, from) {
		m.links[from] = append(m.links[from], to)
		m.w.IdentityMap = append(m.w.IdentityMap, IdentityLink{FromID: a.ContactID, ToID: b.ContactID})
	}
	if len(m.anonymous) == 0 || m.chance(0.3) {
		return
	}
	id := pick(m, m.anonymous)
	for _, c := range []*Contact{a, b} {
		m.w.IdentityMap = append(m.w.IdentityMap, IdentityLink{FromID: id, Kind: anonymousKind, ToID: c.ContactID})
	}
}

// memberships gives some contacts days at accounts, and some accounts further domains.
func (m *maker) memberships() {
	if m.chance(0.5) {
		for _, c := range m.w.Contacts {
			if !m.chance(0.35) {
				continue
			}
			for range m.between(1, 3) {
				m.membership(c.ContactID)
			}
		}
		if m.chance(0.1) {
			m.membership("c-missing1")
		}
	}
	if m.chance(0.5) {
		for range m.between(1, 3) {
			m.w.AccountDomains = append(m.w.AccountDomains, AccountDomain{AccountID: pick(m, m.w.Accounts).AccountID,
				Domain: pick(m, []string{"other.example", "OTHER.example", "www.partner.com", "sub.acme1.example", "acme3.example", "gmail.com", "tributary.example"})})
		}
	}
}

func (m *maker) membership(contact string) {
	first := dayOf(m.moment(m.start-150*microsPerDay, m.horizon))
	row := AccountContact{AccountID: pick(m, m.w.Accounts).AccountID, ContactID: contact}
	if m.chance(0.7) {
		row.StartsOn = dayText(first)
	}
	if m.chance(0.7) {
		row.EndsOn = dayText(first + int64(pick(m, []int{0, 1, 20, 90, 200})))
	}
	m.w.AccountContacts = append(m.w.AccountContacts, row)
}

// linkable is the node of a record, of an id that no table knows, or, as the origin of a link, of
// someone anonymous.
func (m *maker) linkable(anonymousToo bool) node {
	switch {
	case anonymousToo && len(m.anonymous) > 0 && m.chance(0.5):
		return node{anonymousKind, pick(m, m.anonymous)}
	case len(m.w.Leads) > 0 && m.chance(0.4):
		return node{leadKind, pick(m, m.w.Leads).LeadID}
	case m.chance(0.06):
		return node{contactKind, "c-missing1"}
	}
	return node{contactKind, pick(m, m.w.Contacts).ContactID}
}

// reaches reports whether the links lead from one node to the other.
func (m *maker) reaches(from, to node) bool {
	if from == to {
		return true
	}
	for _, next := range m.links[from] {
		if m.reaches(next, to) {
			return true
		}
	}
	return false
}
