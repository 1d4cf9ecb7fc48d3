package oracle

import "strings"

// record is a lead or a contact with an e-mail.
type record struct {
	node  node
	email string
}

func recordsWithEmail(w World) []record {
	var all []record
	for _, c := range w.Contacts {
		if e := normalEmail(c.Email); e != "" {
			all = append(all, record{node{contactKind, c.ContactID}, e})
		}
	}
	for _, l := range w.Leads {
		if e := normalEmail(l.Email); e != "" {
			all = append(all, record{node{leadKind, l.LeadID}, e})
		}
	}
	return all
}

// joinByEmail joins the single records with an e-mail to the one linked group that holds it, or to
// each other when none does. An e-mail of two linked groups joins nothing. A linked group has two
// or more records that exist: an id that only a link names makes none.
func joinByEmail(w World, g groups) {
	before := map[node]int{}
	for n, group := range g {
		before[n] = group
	}
	linkedBefore := map[int]int{} // records by group, as the explicit links left them
	for n := range recordsOf(w) {
		linkedBefore[before[n]]++
	}
	holders := map[string][]node{}
	for _, r := range recordsWithEmail(w) {
		if isAddress(r.email) && !isRoleMailbox(r.email) {
			holders[r.email] = append(holders[r.email], r.node)
		}
	}
	for _, nodes := range holders {
		linked := map[int]bool{}
		for _, n := range nodes {
			if linkedBefore[before[n]] >= 2 {
				linked[before[n]] = true
			}
		}
		if len(linked) >= 2 {
			continue
		}
		for _, n := range nodes[1:] {
			g.join(nodes[0], n)
		}
	}
}

// recordsOf is the set of leads and contacts that have a row of their own.
func recordsOf(w World) map[node]bool {
	all := map[node]bool{}
	for _, c := range w.Contacts {
		all[node{contactKind, c.ContactID}] = true
	}
	for _, l := range w.Leads {
		all[node{leadKind, l.LeadID}] = true
	}
	return all
}

// ofEmail is the one person with that e-mail on a record, else someone known by the e-mail alone.
func (p *people) ofEmail(email string) *person {
	if holders := p.holder[email]; len(holders) == 1 && isAddress(email) && !isRoleMailbox(email) {
		for who := range holders {
			return who
		}
	}
	n := node{emailKind, email}
	if p.of[n] == nil {
		p.of[n] = &person{emails: []string{email}}
		p.all = append(p.all, p.of[n])
	}
	return p.of[n]
}

func normalEmail(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// isAddress reports whether a normalised e-mail reads local@domain.
func isAddress(email string) bool {
	local, domain, found := strings.Cut(email, "@")
	return found && local != "" && domain != "" && !strings.Contains(domain, "@")
}

func isRoleMailbox(email string) bool {
	local, _, _ := strings.Cut(email, "@")
	switch local {
	case "info", "sales", "support", "admin", "contact", "hello", "office", "marketing", "billing", "help", "team",
		"noreply", "no-reply":
		return true
	}
	return false
}
