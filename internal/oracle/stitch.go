package oracle

import "fmt"

// Kinds of node.
const (
	contactKind   = "contact"
	leadKind      = "lead"
	anonymousKind = "anonymous"
	emailKind     = "email" // someone known only by the e-mail of a touch

	opportunityKind = "opportunity" // only in stage_history
)

// node is one record, or one id that something refers to. Lead and contact ids are separate name
// spaces.
type node struct{ kind, id string }

// person is one human: nodes that links or an e-mail hold together.
type person struct {
	id          string // the least of its ids
	contacts    []Contact
	contactIDs  map[string]bool // those without a record of their own too
	leads       []Lead
	emails      []string // normalised
	account     string
	matchMethod string             // how the account was found, "" without one
	internal    bool               // an own domain or a test account
	serves      map[string]service // by account
	leadAt      timestamp
	becameLead  bool
	entered     map[string][]timestamp // by stage of persons: all entries of stage_history, in order
}

// people are all persons, and the person of every node.
type people struct {
	all    []*person
	of     map[node]*person
	holder map[string]map[*person]bool // by e-mail: the persons with a record that holds it
}

// groups holds the group number of every node; joining renumbers, which is slow and plainly right.
type groups map[node]int

func (g groups) add(n node) {
	if _, known := g[n]; !known && n.id != "" {
		g[n] = len(g) + 1
	}
}

func (g groups) join(a, b node) {
	from, to := g[a], g[b]
	for n, group := range g {
		if group == from {
			g[n] = to
		}
	}
}

// stitch finds the persons of a world: explicit links of leads and contacts first, then e-mails,
// then whose the anonymous ids are.
func stitch(w World) (*people, error) {
	g := groups{}
	var order []node
	see := func(kind, id string) {
		n := node{kind, id}
		if _, known := g[n]; id != "" && !known {
			order = append(order, n)
			g.add(n)
		}
	}
	for _, c := range w.Contacts {
		see(contactKind, c.ContactID)
	}
	for _, l := range w.Leads {
		see(leadKind, l.LeadID)
		see(contactKind, l.ConvertedContactID)
	}
	for _, t := range w.Touchpoints {
		see(contactKind, t.ContactID)
		see(leadKind, t.LeadID)
		see(anonymousKind, t.AnonymousID)
	}
	for _, role := range w.OpportunityContacts {
		see(contactKind, role.ContactID)
	}
	for _, row := range w.AccountContacts {
		see(contactKind, row.ContactID)
	}
	for _, a := range w.Activities {
		see(contactKind, a.ContactID)
		see(leadKind, a.LeadID)
	}
	for _, s := range w.StageHistory {
		if s.EntityType == contactKind || s.EntityType == leadKind {
			see(s.EntityType, s.EntityID)
		}
	}
	for _, link := range w.IdentityMap {
		from, to := link.nodes()
		if to.kind == anonymousKind {
			return nil, fmt.Errorf("identity_map: to_kind of %q is anonymous", to.id)
		}
		see(from.kind, from.id)
		see(to.kind, to.id)
	}

	if err := refuseCycle(w.IdentityMap); err != nil {
		return nil, err
	}
	for _, l := range w.Leads {
		if l.ConvertedContactID != "" {
			g.join(node{leadKind, l.LeadID}, node{contactKind, l.ConvertedContactID})
		}
	}
	for _, link := range w.IdentityMap {
		if from, to := link.nodes(); from.kind != anonymousKind {
			g.join(from, to)
		}
	}
	if w.Options.JoinByEmail {
		joinByEmail(w, g)
	}
	giveAnonymous(w.IdentityMap, g)
	return gather(w, g, order), nil
}

func (link IdentityLink) nodes() (from, to node) {
	from, to = node{link.Kind, link.FromID}, node{link.ToKind, link.ToID}
	if from.kind == "" {
		from.kind = contactKind
	}
	if to.kind == "" {
		to.kind = contactKind
	}
	return from, to
}

// giveAnonymous gives every anonymous id to the one person to whom identity_map links it. An id
// that is linked to several persons belongs to none of them and does not join them.
func giveAnonymous(links []IdentityLink, g groups) {
	linked := map[node]map[int]node{} // by anonymous id: one node of every person, by group
	for _, link := range links {
		from, to := link.nodes()
		if from.kind != anonymousKind {
			continue
		}
		if linked[from] == nil {
			linked[from] = map[int]node{}
		}
		linked[from][g[to]] = to
	}
	for anonymous, persons := range linked {
		if len(persons) != 1 {
			continue
		}
		for _, n := range persons {
			g.join(anonymous, n)
		}
	}
}

// refuseCycle follows the links from every node; one that comes back to itself is an error.
func refuseCycle(links []IdentityLink) error {
	next := map[node][]node{}
	for _, link := range links {
		from, to := link.nodes()
		next[from] = append(next[from], to)
	}
	for start := range next {
		seen := map[node]bool{}
		front := []node{start}
		for len(front) > 0 {
			at := front[0]
			front = front[1:]
			for _, n := range next[at] {
				if n == start {
					return fmt.Errorf("identity_map: a cycle through %s %q", start.kind, start.id)
				}
				if !seen[n] {
					seen[n] = true
					front = append(front, n)
				}
			}
		}
	}
	return nil
}

// gather makes a person of every group.
func gather(w World, g groups, order []node) *people {
	p := &people{of: map[node]*person{}, holder: map[string]map[*person]bool{}}
	byGroup := map[int]*person{}
	for _, n := range order {
		if byGroup[g[n]] == nil {
			byGroup[g[n]] = &person{contactIDs: map[string]bool{}}
			p.all = append(p.all, byGroup[g[n]])
		}
		p.of[n] = byGroup[g[n]]
		if n.kind == contactKind {
			p.of[n].contactIDs[n.id] = true
		}
	}
	for _, c := range w.Contacts {
		who := p.of[node{contactKind, c.ContactID}]
		who.contacts = append(who.contacts, c)
	}
	for _, l := range w.Leads {
		who := p.of[node{leadKind, l.LeadID}]
		who.leads = append(who.leads, l)
	}
	for _, r := range recordsWithEmail(w) {
		who := p.of[r.node]
		who.emails = append(who.emails, r.email)
		if p.holder[r.email] == nil {
			p.holder[r.email] = map[*person]bool{}
		}
		p.holder[r.email][who] = true
	}
	return p
}

// ofTouch is the person a touch names, by the first of its ids that is there.
func (p *people) ofTouch(t Touchpoint) (*person, error) {
	email := normalEmail(t.Email)
	switch {
	case t.ContactID != "":
		return p.of[node{contactKind, t.ContactID}], nil
	case t.LeadID != "":
		return p.of[node{leadKind, t.LeadID}], nil
	case email != "":
		return p.ofEmail(email), nil
	case t.AnonymousID != "":
		return p.of[node{anonymousKind, t.AnonymousID}], nil
	}
	return nil, fmt.Errorf("touchpoints: touch %q names nobody", t.TouchID)
}
