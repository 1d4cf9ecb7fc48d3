package attribution

import "testing"

func TestRegistrableDomain(t *testing.T) {
	for host, want := range map[string]string{
		"acme.com":                       "acme.com",
		"www.Acme.COM.":                  "acme.com",
		"https://www.acme.co.uk/about?x": "acme.co.uk",
		"mail.acme.co.uk:8080":           "acme.co.uk",
		"//acme.com":                     "acme.com",
		"bücher.example":                 "xn--bcher-kva.example",
		"XN--BCHER-KVA.example":          "xn--bcher-kva.example",
		" acme.com ":                     "acme.com",
		"co.uk":                          "",
		"localhost":                      "",
		"":                               "",
		"http://[broken":                 "",
		"a b.com":                        "",
	} {
		if got := registrableDomain(host); got != want {
			t.Errorf("%q: %q, want %q", host, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	book := newAddressBook([]string{"https://own.example"})
	for email, want := range map[string]address{
		"ann@mail.acme.com":      {domain: "acme.com", joins: true, domainMatches: true},
		"info@acme.com":          {domain: "acme.com", domainMatches: true},
		"sales+emea@acme.com":    {domain: "acme.com", domainMatches: true},
		"ann@gmail.com":          {domain: "gmail.com", joins: true},
		"ann@mailinator.com":     {domain: "mailinator.com", joins: true},
		"ann@hq.own.example":     {domain: "own.example", joins: true, ownDomain: true},
		"n/a":                    {},
		"@acme.com":              {},
		"ann@":                   {},
		"ann smith@acme.com":     {},
		`"a@b"@acme.com`:         {domain: "acme.com", joins: true, domainMatches: true},
		"ann@localhost":          {},
		"ann@company.co.uk":      {domain: "company.co.uk", joins: true, domainMatches: true},
		"ann@co.uk":              {},
		"noreply@news.acme.com":  {domain: "acme.com", domainMatches: true},
		"unsubscribe@acme.com":   {domain: "acme.com", joins: true, domainMatches: true},
		"ann@xn--bcher-kva.test": {domain: "xn--bcher-kva.test", joins: true, domainMatches: true},
	} {
		if got := book.classify(email); got != want {
			t.Errorf("%q: %+v, want %+v", email, got, want)
		}
	}
}
