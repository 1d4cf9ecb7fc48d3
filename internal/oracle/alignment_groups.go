package oracle

import (
	"cmp"
	"math"
	"slices"
)

// membersOf is the buying group of an opportunity as people count it: those with roles, or, where
// there is none, those of the account. Internal people are left out.
func (a *Aligned) membersOf(d *dealHistory) []*personHistory {
	var found []*personHistory
	for _, p := range a.persons {
		_, serves := p.serves[d.AccountID]
		inRoles := slices.Contains(d.deal.roles, p.person)
		if inRoles || !d.hasRoles && serves && d.AccountID != "" {
			found = append(found, p)
		}
	}
	return found
}

// newestLead is the lead of a person created last, then of the greater id; nil without leads.
func (who *person) newestLead() *Lead {
	if len(who.leads) == 0 {
		return nil
	}
	at := func(l Lead) int64 {
		created, _, _ := instant(l.CreatedAt, endOfDay)
		return created
	}
	newest := slices.MaxFunc(who.leads, func(x, y Lead) int {
		return cmp.Or(cmp.Compare(at(x), at(y)), cmp.Compare(x.LeadID, y.LeadID))
	})
	return &newest
}

// persona is that of the contact created last, then of the greater id, that has one.
func (who *person) persona() string {
	var best Contact
	var bestAt int64
	for _, c := range who.contacts {
		at, _, _ := instant(c.CreatedAt, endOfDay) // 0 where it is not known, before every other
		if c.Persona != "" && (best.ContactID == "" || at > bestAt || at == bestAt && c.ContactID > best.ContactID) {
			best, bestAt = c, at
		}
	}
	return orNone(best.Persona)
}

// segmentOf is the segment of an account.
func (a *Aligned) segmentOf(account string) string {
	for _, row := range a.given.Accounts {
		if row.AccountID == account && account != "" {
			return orNone(row.Segment)
		}
	}
	return None
}

// primaryPersona is the persona of the primary contact of an opportunity; of several, of the least
// id.
func (a *Aligned) primaryPersona(d *dealHistory) string {
	var ids []string
	for _, role := range a.given.OpportunityContacts {
		if primary, _, _ := boolean(role.IsPrimary); primary && role.OpportunityID == d.OpportunityID && role.ContactID != "" {
			ids = append(ids, role.ContactID)
		}
	}
	if len(ids) == 0 {
		return None
	}
	who := a.people.of[node{contactKind, slices.Min(ids)}]
	if who.internal {
		return None // internal people stand in no report
	}
	return who.persona()
}

// journeyTo is the journey of an opportunity to an instant: to its win, its loss, or as-of.
func (a *Aligned) journeyTo(d *dealHistory, at timestamp) []*touch {
	return a.journeyOf(d.deal, Revenue, at).touches
}

// touchesBefore lists the touches of the group at or before the creation, look-back aside: of the
// persons with roles, else, where they have none, of those of the account and of the roles.
func (a *Aligned) touchesBefore(d *dealHistory) []*touch {
	roles, both := group{}, group{}
	for _, who := range a.people.all {
		if s, serves := who.serves[d.AccountID]; serves && d.AccountID != "" {
			both[who] = s
		}
	}
	for _, who := range d.deal.roles {
		roles[who], both[who] = always(RoleMethod), always(RoleMethod)
	}
	for _, g := range []group{roles, both} {
		if found := a.eligible(g, math.MinInt64, d.created); len(found) > 0 {
			return found
		}
	}
	return nil
}
