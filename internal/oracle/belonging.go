package oracle

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// How the person of a touch came to the buying group. PersonPath is the method of persons' own
// conversions.
const (
	RoleMethod    = "role"
	ContactMethod = "contact_account"
	LeadMethod    = "lead_account"
	DomainMethod  = "email_domain"
)

// findDetails finds every person's name and accounts, whether it is internal, its stages, and when it
// became a lead.
func (p *people) findDetails(w World) error {
	owners := accountsByDomain(w)
	stays, err := staysOfContacts(w)
	if err != nil {
		return err
	}
	for _, who := range p.all {
		if err := who.findAccount(owners, stays); err != nil {
			return err
		}
		who.findServices(owners, stays)
		who.internal = slices.Contains(w.Options.TestAccounts, who.account) && who.account != ""
		for _, email := range who.emails {
			if isAddress(email) && ownDomain(w.Options, registrableDomain(email)) {
				who.internal = true
			}
		}
	}
	p.nameEveryone()
	if err := p.findEntries(w); err != nil {
		return fmt.Errorf("stage_history: %w", err)
	}
	return p.findLeadAt(w)
}

// findAccount finds the account that labels the person: the newest contact's own, else that of the
// newest row of account_contacts, else the newest lead's, else the one account with the domain of
// the e-mails.
func (who *person) findAccount(owners map[string]map[string]bool, stays map[string][]stayAt) error {
	var contacts, leads []membership
	var dated []stayAt
	for _, c := range who.contacts {
		contacts = append(contacts, membership{c.AccountID, c.ContactID, c.CreatedAt})
	}
	for id := range who.contactIDs {
		dated = append(dated, stays[id]...)
	}
	for _, l := range who.leads {
		leads = append(leads, membership{l.AccountID, l.LeadID, l.CreatedAt})
	}
	var err error
	who.matchMethod = ContactMethod
	if who.account, err = newest(contacts); err != nil || who.account != "" {
		return err
	}
	if len(dated) > 0 {
		who.account = slices.MaxFunc(dated, func(a, b stayAt) int {
			return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.account, b.account)) // a blank start is the least
		}).account
		return nil
	}
	who.matchMethod = LeadMethod
	if who.account, err = newest(leads); err != nil || who.account != "" {
		return err
	}
	who.matchMethod = ""
	if who.account = who.accountOfDomain(owners); who.account != "" {
		who.matchMethod = DomainMethod
	}
	return nil
}

// accountOfDomain is the one account with the registrable domain of the person's e-mails, "" when
// there is none or several.
func (who *person) accountOfDomain(owners map[string]map[string]bool) string {
	matched := map[string]bool{}
	for _, email := range who.emails {
		if accounts := owners[registrableDomain(email)]; isAddress(email) && len(accounts) == 1 {
			for account := range accounts {
				matched[account] = true
			}
		}
	}
	if len(matched) == 1 {
		for account := range matched {
			return account
		}
	}
	return ""
}

// service says how a person came to an account or a buying group, and on which days it serves
// there.
type service struct {
	method string
	stays  []stay
}

// stay is a run of days, both ends included.
type stay struct{ from, to int64 }

func always(method string) service { return service{method, []stay{{math.MinInt64, math.MaxInt64}}} }

// on reports whether the service covers the day.
func (s service) on(day int64) bool {
	return slices.ContainsFunc(s.stays, func(t stay) bool { return t.from <= day && day <= t.to })
}

// between reports whether the service covers any of the days of two instants and those between them.
func (s service) between(from, until int64) bool {
	return slices.ContainsFunc(s.stays, func(t stay) bool { return t.from <= dayOf(until) && t.to >= dayOf(from) })
}

// stayAt is one row of account_contacts.
type stayAt struct {
	account string
	stay
}

// staysOfContacts reads account_contacts, by contact. A blank end is open.
func staysOfContacts(w World) (map[string][]stayAt, error) {
	all := map[string][]stayAt{}
	for _, row := range w.AccountContacts {
		s := stayAt{row.AccountID, stay{math.MinInt64, math.MaxInt64}}
		var err error
		if row.StartsOn != "" {
			if s.from, err = parseDay(row.StartsOn); err != nil {
				return nil, fmt.Errorf("account_contacts: %w", err)
			}
		}
		if row.EndsOn != "" {
			if s.to, err = parseDay(row.EndsOn); err != nil {
				return nil, fmt.Errorf("account_contacts: %w", err)
			}
		}
		all[row.ContactID] = append(all[row.ContactID], s)
	}
	return all, nil
}

// findServices finds every account that the person serves: those that its contacts and leads name,
// and where none of its records names any, the one account of its e-mail domain. The rows that a
// contact has in account_contacts replace the account of the contact itself.
func (who *person) findServices(owners map[string]map[string]bool, stays map[string][]stayAt) {
	who.serves = map[string]service{}
	named := false
	add := func(account, method string, days stay) {
		if account == "" {
			return
		}
		s, known := who.serves[account]
		if !known {
			s.method = method // contacts come before leads, so the first method stays
		}
		s.stays = append(s.stays, days)
		who.serves[account] = s
	}
	open := stay{math.MinInt64, math.MaxInt64}
	for id := range who.contactIDs {
		for _, s := range stays[id] {
			named = true
			add(s.account, ContactMethod, s.stay)
		}
	}
	for _, c := range who.contacts {
		named = named || c.AccountID != ""
		if len(stays[c.ContactID]) == 0 {
			add(c.AccountID, ContactMethod, open)
		}
	}
	for _, l := range who.leads {
		named = named || l.AccountID != ""
		add(l.AccountID, LeadMethod, open)
	}
	if !named {
		add(who.accountOfDomain(owners), DomainMethod, open)
	}
}

// membership is the account that one record names.
type membership struct{ account, id, createdAt string }

// newest is the account of the record created last, then of the greater id. No creation is the
// lowest.
func newest(records []membership) (string, error) {
	var best membership
	var bestAt int64
	var bestKnown bool
	for _, m := range records {
		if m.account == "" {
			continue
		}
		at, known, err := instant(m.createdAt, endOfDay)
		if err != nil {
			return "", err
		}
		later := known && !bestKnown || known && at > bestAt
		same := known == bestKnown && at == bestAt
		if best.account == "" || later || same && m.id > best.id {
			best, bestAt, bestKnown = m, at, known
		}
	}
	return best.account, nil
}

// accountsByDomain lists the accounts of every registrable domain that may match someone.
func accountsByDomain(w World) map[string]map[string]bool {
	owners := map[string]map[string]bool{}
	add := func(account, text string) {
		domain := registrableDomain(text)
		if domain == "" || freeMail[domain] || ownDomain(w.Options, domain) {
			return
		}
		if owners[domain] == nil {
			owners[domain] = map[string]bool{}
		}
		owners[domain][account] = true
	}
	for _, a := range w.Accounts {
		add(a.AccountID, a.Domain)
	}
	for _, row := range w.AccountDomains {
		add(row.AccountID, row.Domain)
	}
	return owners
}

var freeMail = map[string]bool{
	"gmail.com": true, "googlemail.com": true, "yahoo.com": true, "hotmail.com": true, "outlook.com": true,
	"icloud.com": true, "mailinator.com": true,
}

// registrableDomain takes the last two labels: worlds only use domains for which the public suffix
// list says the same.
func registrableDomain(emailOrDomain string) string {
	domain := normalEmail(emailOrDomain)
	if at := strings.LastIndex(domain, "@"); at >= 0 {
		domain = domain[at+1:]
	}
	labels := strings.Split(strings.TrimSuffix(domain, "."), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

func ownDomain(o Options, registrable string) bool {
	for _, own := range o.OwnDomains {
		if registrableDomain(own) == registrable {
			return true
		}
	}
	return false
}
