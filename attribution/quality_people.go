package attribution

import (
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
)

// records returns the checks of contacts and leads that read their e-mails and persons.
func records() []findings.Check {
	checks := []findings.Check{
		{Table: "contacts", Name: "never_a_lead", Severity: findings.Info, Grain: "contact_id",
			Meaning: "{contact is of a person who was|contacts are of people who were} never a lead: a leads table was given, so {the contact does|these contacts do} not count as a lead", Remedy: "set people.contacts_are_leads if {it|they} should count",
			From: recordsOf("0"), Key: "id", Where: "lead_at_us IS NULL AND NOT contacts_are_leads"},
	}
	return append(checks, append(recordChecks("contacts", "0"), recordChecks("leads", "1")...)...)
}

// recordChecks returns the checks that contacts and leads share; kind is that of person_nodes.
func recordChecks(table, kind string) []findings.Check {
	one := "{" + strings.TrimSuffix(table, "s") + "|" + table + "} " // begins each meaning
	found := func(name, meaning, condition string) findings.Check {
		return findings.Check{Table: table, Name: name, Grain: strings.TrimSuffix(table, "s") + "_id", Severity: findings.Info, Meaning: one + meaning, From: recordsOf(kind), Key: "id", Where: condition}
	}
	return []findings.Check{
		found("without_email", "{has|have} no e-mail, so {it|they} cannot be joined with other records of the same person", "email_key IS NULL"),
		found("email_no_address", "{has|have} an e-mail that is not an address with a registrable domain and joins no records", "domain = ''"),
		found("role_mailbox", "{has|have} a role mailbox such as info or sales, which joins no records", "domain <> '' AND NOT joins"),
		found("free_mail", "{has|have} an e-mail at a free-mail or disposable domain, which matches no account", "domain <> '' AND NOT domain_matches AND NOT own_domain"),
		found("own_domain", "{is a person|are people} of your own domains, whose touchpoints do not count", "own_domain"),
		found("person_without_account", "{is a person|are people} without an account, whose touchpoints reach an opportunity only through a role", "account_id IS NULL"),
		found("created_after_as_of", "{was|were} created after as-of", "created_from_us > as_of_us"),
	}
}

// recordsOf is the relation of contacts or leads (kind of person_nodes) with their e-mails and
// persons.
func recordsOf(kind string) string {
	return "(\n" + checkQuery("shapes/records", "{kind}", kind) + ") AS records"
}
