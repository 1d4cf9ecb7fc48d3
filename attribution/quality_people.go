package attribution

import (
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
)

// oddPeople are checks of accounts, contacts and leads.
func oddPeople() []findings.Check {
	checks := []findings.Check{
		{Table: "accounts", Name: "without_domain", Severity: findings.Info,
			Meaning: "{account|accounts} without a domain cannot be matched by e-mail, unless account_domains names one",
			From:    "accounts", Key: "account_id", Where: "domain IS NULL"},
		{Table: "accounts", Name: "domain_shared", Severity: findings.Info,
			Meaning: "{account|accounts} with the domain of another account cannot be matched by e-mail",
			Query: `WITH shared AS (SELECT MIN(account_id) AS key, COUNT(*) AS n FROM domain_owners GROUP BY domain HAVING COUNT(*) > 1)
				SELECT key, SUM(n) AS n FROM shared GROUP BY key`},
		{Table: "accounts", Name: "ids_of_15_and_18_characters", Severity: findings.Warning,
			Meaning: "account, campaign or opportunity {id occurs|ids occur} with both 15 and 18 characters: ids are compared byte by byte, so the two forms do not match", Remedy: "export all ids in one form, best with 18 characters",
			Query: `WITH ids AS (
					SELECT 'account' AS kind, account_id AS id FROM accounts
					UNION SELECT 'account', account_id FROM opportunities
					UNION SELECT 'account', account_id FROM contacts
					UNION SELECT 'account', account_id FROM leads
					UNION SELECT 'campaign', campaign_id FROM campaign_keys
					UNION SELECT 'opportunity', opportunity_id FROM opportunities
					UNION SELECT 'opportunity', opportunity_id FROM opportunity_contacts
				)
				SELECT a.id AS key, COUNT(*) AS n FROM ids AS a
				INNER JOIN ids AS b ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id
				GROUP BY a.id`},
		{Table: "contacts", Name: "ids_of_15_and_18_characters", Severity: findings.Warning,
			Meaning: "lead or contact {id occurs|ids occur} with both 15 and 18 characters: ids are compared byte by byte, so the two forms are different people", Remedy: "export all ids in one form, best with 18 characters",
			Query: `SELECT a.id AS key, COUNT(*) AS n FROM person_nodes AS a
				INNER JOIN person_nodes AS b ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id
				GROUP BY a.id`},
		{Table: "contacts", Name: "email_in_several_groups", Severity: findings.Warning,
			Meaning: "{e-mail belongs|e-mails belong} to several linked groups of records and joined none of them", Remedy: "look at tables/email_conflicts.parquet, which lists {it|them}",
			Query: `WITH conflicts AS (
					SELECT MIN(p.person_id) AS key FROM email_conflicts AS c
					INNER JOIN node_emails AS e ON e.email_key = c.email_key
					INNER JOIN node_persons AS n ON n.node_key = e.node_key
					INNER JOIN people AS p ON p.person_key = n.person_key
					GROUP BY c.email_key
				)
				SELECT key, COUNT(*) AS n FROM conflicts GROUP BY key`},
		{Table: "identity_map", Name: "anonymous_of_several_people", Severity: findings.Warning,
			Meaning: "anonymous {id is|ids are} linked to several people and joined to none of them; {its|their} touchpoints belong to no known person",
			Query:   `SELECT n.id AS key, 1 AS n FROM anonymous_conflicts AS c INNER JOIN person_nodes AS n ON n.node_key = c.node_key`},
		{Table: "account_contacts", Name: "ends_before_it_starts", Severity: findings.Warning,
			Meaning: "{row of account_contacts ends before it starts, and covers|rows of account_contacts end before they start, and cover} no day",
			Query:   `SELECT contact_id AS key, COUNT(*) AS n FROM account_contacts WHERE ends_on < starts_on GROUP BY contact_id`},
		{Table: "contacts", Name: "several_accounts", Severity: findings.Info,
			Meaning: "{person has|people have} contacts at several accounts: {the person belongs|they belong} to the buying groups of all of them, and {is|are} shown under the account of the newest contact",
			Query: `SELECT n.id AS key, 1 AS n FROM person_nodes AS n
				INNER JOIN (
					SELECT MIN(node_key) AS node_key FROM person_records
					WHERE kind = 0 AND account_id IS NOT NULL
					GROUP BY person_key HAVING MIN(account_id) <> MAX(account_id)
				) AS r ON r.node_key = n.node_key`},
		{Table: "contacts", Name: "never_a_lead", Severity: findings.Info,
			Meaning: "{contact is of a person who was|contacts are of people who were} never a lead: a leads table was given, so {the contact does|these contacts do} not count as a lead", Remedy: "set people.contacts_are_leads if {it|they} should count",
			From: recordsOf("0"), Key: "id", Where: "lead_at_us IS NULL AND NOT contacts_are_leads"},
	}
	return append(checks, append(oddRecords("contacts", "contact_id", "0"), oddRecords("leads", "lead_id", "1")...)...)
}

// oddRecords are the checks that contacts and leads share; kind is that of person_nodes.
func oddRecords(table, id, kind string) []findings.Check {
	one := "{" + strings.TrimSuffix(table, "s") + "|" + table + "} " // begins each meaning
	found := func(name, meaning, condition string) findings.Check {
		return findings.Check{Table: table, Name: name, Severity: findings.Info, Meaning: one + meaning, From: recordsOf(kind), Key: "id", Where: condition}
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

// recordsOf is the relation of contacts or leads (kind of person_nodes), with what is known of
// their e-mails and persons.
func recordsOf(kind string) string {
	return `(
		SELECT n.id, r.email_key, r.created_from_us, f.domain, f.joins, f.domain_matches, f.own_domain, p.account_id, p.lead_at_us, g.as_of_us, g.contacts_are_leads
		FROM person_records AS r
		INNER JOIN person_nodes AS n ON n.node_key = r.node_key
		INNER JOIN people AS p ON p.person_key = r.person_key
		CROSS JOIN settings AS g
		LEFT JOIN email_facts AS f ON f.email_key = r.email_key
		WHERE r.kind = ` + kind + `) AS records`
}
