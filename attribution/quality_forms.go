package attribution

import (
	"slices"
	"strings"

	"tributary/internal/findings"
)

// formsOfIDs are alarms of ids that would point somewhere if two exports wrote them alike, one for each table that points to others. The
// examples are both forms. An id that several of the other table would be, if case, blanks and .0 did not count, is none of them. Ids
// that point nowhere are few: they alone are put into a hash table, and those of the other table pass by.
func formsOfIDs() []findings.Check {
	var checks []findings.Check
	var tables []string
	for _, r := range pointers() {
		if slices.Contains(tables, r.table) {
			continue
		}
		tables = append(tables, r.table)
		checks = append(checks, findings.Check{Table: r.table, Name: "ids_meet_but_for_their_form", Severity: findings.Warning,
			Meaning: "{value names|values name} nothing as {it is|they are} written, and would but for \".0\" at the end, blanks around it, or case (export ids as text)",
			Query:   "SELECT key, n FROM misspelled WHERE table_name = '" + r.table + "'",
			From:    "misspelled", Key: "key", Rows: "n", Where: "table_name = '" + r.table + "'"})
	}
	return checks
}

// misspelled is the query for ids that point nowhere as they are written, and would to one row of the other table if they were not.
func misspelled() string {
	var known, others []string
	for _, r := range pointers() {
		if !slices.Contains(others, r.other) {
			others = append(others, r.other)
			known = append(known, r.named("SELECT '{other}' AS other, {key} AS id, "+plainID("{key}")+" AS plain FROM {other}"))
		}
	}
	return `
		WITH missing AS (
			SELECT table_name, column_name, other, key, n, ` + plainID("key") + ` AS plain FROM dangling WHERE is_given
		),
		known AS (
			` + strings.Join(known, "\nUNION ALL ") + `
		),
		met AS (
			SELECT m.table_name, m.column_name, m.other, m.key, m.n, MIN(k.id) AS id
			FROM missing AS m
			INNER JOIN known AS k ON k.other = m.other AND k.plain = m.plain
			GROUP BY m.table_name, m.column_name, m.other, m.key, m.n HAVING COUNT(DISTINCT k.id) = 1
		)
		SELECT table_name, key || ' / ' || id AS key, SUM(n) AS n FROM met GROUP BY table_name, key || ' / ' || id`
}

// plainID is the SQL of an id without what an export may add or change: blanks around it, a .0 at its end, and its case.
func plainID(id string) string {
	trimmed := "TRIM(" + id + ", ' ' || CHR(9) || CHR(160))"
	return "LOWER(CASE WHEN ENDS_WITH(" + trimmed + ", '.0') THEN LEFT(" + trimmed + ", LENGTH(" + trimmed + ") - 2) ELSE " + trimmed + " END)"
}

// leadsInRoles are alarms of roles that name a lead where a contact is meant.
func leadsInRoles(reporting findings.Currency) []findings.Check {
	return []findings.Check{
		{Table: "opportunity_contacts", Name: "contact_is_lead", Severity: findings.Warning, Currency: reporting,
			// The money is that of the opportunities, each once.
			Meaning: "{row|rows} of opportunity_contacts {names|name} as a contact an id that leads has and contacts does not (give the contact that the lead was converted to, or deliver it in contacts)",
			Query: `WITH roles AS (
					SELECT r.contact_id, r.opportunity_id, ROW_NUMBER() OVER (PARTITION BY r.opportunity_id ORDER BY r.contact_id) AS place
					FROM opportunity_contacts AS r
					WHERE EXISTS (SELECT 1 FROM leads AS l WHERE l.lead_id = r.contact_id)
						AND NOT EXISTS (SELECT 1 FROM contacts AS c WHERE c.contact_id = r.contact_id)
						AND NOT EXISTS (SELECT 1 FROM identity_map AS i WHERE i.from_id = r.contact_id AND COALESCE(i.kind, 'contact') = 'contact')
				)
				SELECT r.contact_id AS key, COUNT(*) AS n,
					SUM(CASE WHEN r.place = 1 THEN CAST(v.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit END) AS micros
				FROM roles AS r
				CROSS JOIN settings AS g
				LEFT JOIN conversions AS v ON v.opportunity_id = r.opportunity_id AND v.conversion_type = 0
				GROUP BY r.contact_id`},
	}
}
