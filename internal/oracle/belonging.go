package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// settle finds every person's name and account, whether it is internal, its stages, and when it became a lead.
func (p *people) settle(w World) error {
	owners := accountsByDomain(w)
	for _, who := range p.all {
		if err := who.findAccount(owners); err != nil {
			return err
		}
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
	return p.findLeadAt()
}

// findAccount takes the contact's account, else the lead's, else the one account with the e-mail's domain.
func (who *person) findAccount(owners map[string]map[string]bool) error {
	var contacts, leads []membership
	for _, c := range who.contacts {
		contacts = append(contacts, membership{c.AccountID, c.ContactID, c.CreatedAt})
	}
	for _, l := range who.leads {
		leads = append(leads, membership{l.AccountID, l.LeadID, l.CreatedAt})
	}
	var err error
	if who.account, err = newest(contacts); err != nil || who.account != "" {
		who.matchMethod = "contact"
		return err
	}
	if who.account, err = newest(leads); err != nil || who.account != "" {
		who.matchMethod = "lead"
		return err
	}
	matched := map[string]bool{}
	for _, email := range who.emails {
		if accounts := owners[registrableDomain(email)]; isAddress(email) && len(accounts) == 1 {
			for account := range accounts {
				matched[account] = true
			}
		}
	}
	who.matchMethod = "none"
	if len(matched) == 1 {
		for account := range matched {
			who.account, who.matchMethod = account, "domain"
		}
	}
	return nil
}

// membership is the account that one record names.
type membership struct{ account, id, createdAt string }

// newest is the account of the record created last, then of the greater id. No creation is the lowest.
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
	for _, a := range w.Accounts {
		domain := registrableDomain(a.Domain)
		if domain == "" || freeMail[domain] || ownDomain(w.Options, domain) {
			continue
		}
		if owners[domain] == nil {
			owners[domain] = map[string]bool{}
		}
		owners[domain][a.AccountID] = true
	}
	return owners
}

var freeMail = map[string]bool{
	"gmail.com": true, "googlemail.com": true, "yahoo.com": true, "hotmail.com": true, "outlook.com": true,
	"icloud.com": true, "mailinator.com": true,
}

// registrableDomain takes the last two labels: worlds only use domains for which the public suffix list
// says the same.
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
