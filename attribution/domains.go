package attribution

import (
	_ "embed"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

//go:embed lists/role_mailboxes.txt
var roleMailboxes string

//go:embed lists/free_mail.txt
var freeMail string

//go:embed lists/disposable.txt
var disposable string

// An addressBook classifies e-mail addresses.
type addressBook struct {
	domains map[string]string // registrable domains of host names seen before: many e-mails share one
	roles   map[string]bool   // local parts that are no human
	shared  map[string]bool   // registrable domains at which anyone can have a mailbox
	own     map[string]bool   // registrable domains of the company itself
}

func newAddressBook(ownDomains []string) addressBook {
	book := addressBook{domains: map[string]string{}, roles: listed(roleMailboxes), shared: listed(freeMail + disposable), own: map[string]bool{}}
	for _, domain := range ownDomains {
		if d := registrableDomain(domain); d != "" {
			book.own[d] = true
		}
	}
	return book
}

// listed reads a shipped list: one word a line, # begins a comment.
func listed(list string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			words[line] = true
		}
	}
	return words
}

// An address has the facts about a person that follow from an e-mail.
type address struct {
	domain        string // registrable; empty if there is none
	joins         bool   // the e-mail belongs to one person: records that share it may be joined
	domainMatches bool   // its domain may match an account
	ownDomain     bool   // its domain is one of the company itself
}

// classify reads an e-mail that is trimmed and in lower case. A text that is no address joins no
// records and matches no account.
func (b addressBook) classify(email string) address {
	at := strings.LastIndexByte(email, '@')
	if at <= 0 || strings.ContainsAny(email, " \t") {
		return address{}
	}
	host := email[at+1:]
	domain, known := b.domains[host]
	if !known {
		host = strings.Clone(host) // the engine frees what the e-mail lies in
		domain = registrableDomain(host)
		b.domains[host] = domain
	}
	local, _, _ := strings.Cut(email[:at], "+")
	return address{
		domain:        domain,
		joins:         domain != "" && !b.roles[local],
		domainMatches: domain != "" && !b.shared[domain] && !b.own[domain],
		ownDomain:     b.own[domain],
	}
}

// registrableDomain reduces a host name or a URL to the one label under its public suffix that
// someone registered, in lower case and ASCII: "https://www.Bücher.example/x" is
// "xn--bcher-kva.example". It is empty if there is none. Source: the Public Suffix List
// (publicsuffix.org), in the version of golang.org/x/net.
func registrableDomain(host string) string {
	host = strings.TrimSpace(host)
	if strings.Contains(host, "//") {
		parsed, err := url.Parse(host)
		if err != nil {
			return ""
		}
		host = parsed.Host
	}
	host, _, _ = strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	host = strings.TrimSuffix(host, ".")
	ascii, err := idna.Lookup.ToASCII(strings.ToLower(host))
	if err != nil {
		return ""
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(ascii)
	if err != nil {
		return ""
	}
	return domain
}
