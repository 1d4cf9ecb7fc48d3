package attribution

import (
	"strings"

	"tributary/internal/findings"
)

// oddPeople are checks of accounts, contacts and leads.
func oddPeople() []findings.Check {
	checks := []findings.Check{
		{Table: "accounts", Name: "without_domain", Severity: findings.Info,
			Meaning: "{account has|accounts have} no domain, and no e-mail finds {it|them}",
			Query:   `SELECT account_id AS key, 1 AS n FROM accounts WHERE domain IS NULL`},
		{Table: "accounts", Name: "domain_shared", Severity: findings.Info,
			Meaning: "{account shares its|accounts share their} domain with another one, and no e-mail finds {it|them}",
			Query: `WITH shared AS (SELECT MIN(account_id) AS key, COUNT(*) AS n FROM domain_owners GROUP BY domain HAVING COUNT(*) > 1)
				SELECT key, SUM(n) AS n FROM shared GROUP BY key`},
		{Table: "accounts", Name: "ids_of_15_and_18_characters", Severity: findings.Warning,
			Meaning: "account, campaign or opportunity {id stands|ids stand} in the data with 15 characters and with 18: {the two forms are|they are} compared as bytes, and so do not meet (export one form)",
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
			Meaning: "lead or contact {id stands|ids stand} in the data with 15 characters and with 18: {the two forms are|they are} compared as bytes, and so are different people (export one form)",
			Query: `SELECT a.id AS key, COUNT(*) AS n FROM person_nodes AS a
				INNER JOIN person_nodes AS b ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id
				GROUP BY a.id`},
		{Table: "contacts", Name: "email_in_several_groups", Severity: findings.Warning,
			Meaning: "{e-mail is|e-mails are} found in several linked groups of records, and joined none of them (tables/email_conflicts.parquet lists {it|them})",
			Query: `WITH conflicts AS (
					SELECT MIN(p.person_id) AS key FROM email_conflicts AS c
					INNER JOIN node_emails AS e ON e.email_key = c.email_key
					INNER JOIN node_persons AS n ON n.node_key = e.node_key
					INNER JOIN people AS p ON p.person_key = n.person_key
					GROUP BY c.email_key
				)
				SELECT key, COUNT(*) AS n FROM conflicts GROUP BY key`},
		{Table: "identity_map", Name: "anonymous_of_several_people", Severity: findings.Warning,
			Meaning: "anonymous {id is|ids are} linked to several people: {it joins|they join} none of them, and {its|their} touches belong to nobody",
			Query:   `SELECT n.id AS key, 1 AS n FROM anonymous_conflicts AS c INNER JOIN person_nodes AS n ON n.node_key = c.node_key`},
		{Table: "account_contacts", Name: "ends_before_it_starts", Severity: findings.Warning,
			Meaning: "{row of account_contacts ends before it starts, and covers|rows of account_contacts end before they start, and cover} no day",
			Query:   `SELECT contact_id AS key, COUNT(*) AS n FROM account_contacts WHERE ends_on < starts_on GROUP BY contact_id`},
		{Table: "contacts", Name: "several_accounts", Severity: findings.Info,
			Meaning: "{person has|people have} contacts at several accounts: {the person serves all of them, and is|they serve all of them, and are} shown under that of the contact created last",
			Query: `SELECT MIN(c.contact_id) AS key, 1 AS n FROM contacts AS c
				INNER JOIN node_persons AS p ON p.id = c.contact_id AND p.kind = 0
				WHERE c.account_id IS NOT NULL
				GROUP BY p.person_key HAVING COUNT(DISTINCT c.account_id) > 1`},
		{Table: "contacts", Name: "never_a_lead", Severity: findings.Info,
			Meaning: "{contact is of a person who never was|contacts are of people who never were} a lead: a table of leads is given, and {this one counts|they count} as none (people.contacts_are_leads)",
			Query: `SELECT c.contact_id AS key, 1 AS n FROM contacts AS c
				INNER JOIN node_persons AS n ON n.id = c.contact_id AND n.kind = 0
				INNER JOIN people AS p ON p.person_key = n.person_key
				CROSS JOIN settings AS g
				WHERE p.lead_at_us IS NULL AND NOT g.contacts_are_leads`},
	}
	return append(checks, append(oddRecords("contacts", "contact_id", "0"), oddRecords("leads", "lead_id", "1")...)...)
}

// oddRecords are the checks that contacts and leads share; kind is that of person_nodes.
func oddRecords(table, id, kind string) []findings.Check {
	one := "{" + strings.TrimSuffix(table, "s") + "|" + table + "} " // begins each meaning
	said := strings.NewReplacer("{table}", table, "{id}", id, "{kind}", kind)
	emails := func(name, meaning, condition string) findings.Check {
		return findings.Check{Table: table, Name: name, Severity: findings.Info, Meaning: one + meaning, Query: said.Replace(`
			SELECT n.id AS key, 1 AS n FROM node_emails AS e
			INNER JOIN email_facts AS f ON f.email_key = e.email_key
			INNER JOIN person_nodes AS n ON n.node_key = e.node_key AND n.kind = {kind}
			WHERE ` + condition)}
	}
	return []findings.Check{
		{Table: table, Name: "without_email", Severity: findings.Info, Meaning: one + "{has|have} no e-mail, by which records of one person meet",
			Query: said.Replace(`SELECT {id} AS key, 1 AS n FROM {table} WHERE email IS NULL`)},
		emails("email_no_address", "{has|have} an e-mail that is no address with a registrable domain, and joins no one", `f.domain = ''`),
		emails("role_mailbox", "{has|have} a role mailbox (info, sales and so on), which joins no one", `f.domain <> '' AND NOT f.joins`),
		emails("free_mail", "{has|have} an e-mail at a free-mail or disposable domain, which finds no account", `f.domain <> '' AND NOT f.domain_matches AND NOT f.own_domain`),
		emails("own_domain", "{is a person|are people} of your own domains, whose touches do not count", `f.own_domain`),
		{Table: table, Name: "person_without_account", Severity: findings.Info, Meaning: one + "{is a person|are people} without an account, whose touches only roles bring to an opportunity",
			Query: said.Replace(`
				SELECT n.id AS key, 1 AS n FROM {table} AS r
				INNER JOIN node_persons AS n ON n.id = r.{id} AND n.kind = {kind}
				INNER JOIN people AS p ON p.person_key = n.person_key
				WHERE p.account_id IS NULL`)},
		{Table: table, Name: "created_after_as_of", Severity: findings.Info, Meaning: one + "{was|were} created after as-of",
			Query: said.Replace(`SELECT r.{id} AS key, 1 AS n FROM {table} AS r CROSS JOIN settings AS g WHERE ` + beginning("r.created_at") + ` > g.as_of_us`)},
	}
}
