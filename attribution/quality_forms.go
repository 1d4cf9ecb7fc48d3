package attribution

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// formsOfIDs are alarms of ids that would point somewhere if two exports wrote them alike, one for
// each table that points to others. The examples are both forms. An id that several of the other
// table would be, if case, blanks and .0 did not count, is none of them.
func formsOfIDs() []findings.Check {
	var checks []findings.Check
	for _, r := range pointers() {
		if slices.ContainsFunc(checks, func(c findings.Check) bool { return c.Table == r.table }) {
			continue
		}
		checks = append(checks, findings.Check{Table: r.table, Name: "ids_meet_but_for_their_form", Severity: findings.Warning,
			Meaning: "{id matches|ids match} no row as written, but would match without a \".0\" at the end, blanks around {it|them}, or differences of case", Remedy: "export ids as text",
			From: "id_forms", Key: "forms", Rows: "n", Where: "table_name = '" + r.table + "'"})
	}
	return checks
}

// findIDForms makes id_forms: one row per table and pair of forms of an id, the one of
// unknown_references and that of the other table, with the rows that have the first one.
func findIDForms(ctx context.Context, eng *engine.Engine) error {
	others, err := eng.Texts(ctx, `SELECT DISTINCT other FROM unknown_references ORDER BY other`)
	if err != nil {
		return err
	}
	known := []string{"SELECT CAST(NULL AS VARCHAR) AS other, CAST(NULL AS VARCHAR) AS id, CAST(NULL AS VARCHAR) AS plain WHERE FALSE"}
	for _, other := range others { // ids that point nowhere are few: they alone are put into a hash table, and those of the other tables pass by
		known = append(known, reference{other: other}.named("SELECT '{other}', {key}, "+plainID("{key}")+" FROM {other}"))
	}
	if err := eng.Exec(ctx, `
		CREATE OR REPLACE TABLE id_forms AS
		WITH missing AS (
			SELECT reference, table_name, other, key, n, `+plainID("key")+` AS plain FROM unknown_references
		),
		known AS (
			`+strings.Join(known, "\nUNION ALL ")+`
		),
		met AS (
			SELECT m.table_name, m.reference, m.key, m.n, MIN(k.id) AS id
			FROM missing AS m
			INNER JOIN known AS k ON k.other = m.other AND k.plain = m.plain
			GROUP BY m.table_name, m.reference, m.key, m.n HAVING COUNT(DISTINCT k.id) = 1
		)
		SELECT table_name, key || ' / ' || id AS forms, SUM(n) AS n FROM met GROUP BY table_name, key || ' / ' || id`); err != nil {
		return fmt.Errorf("comparing ids by their form: %w", err)
	}
	return nil
}

// plainID is the SQL of an id without what an export may add or change: blanks around it, a .0 at
// its end, and its case. Most ids have neither: it is not looked for in vain, which costs.
func plainID(id string) string {
	trimmed := "TRIM({id}, ' ' || CHR(9) || CHR(160))"
	return strings.ReplaceAll("LOWER(CASE WHEN CONTAINS({id}, ' ') OR CONTAINS({id}, CHR(9)) OR CONTAINS({id}, CHR(160)) OR ENDS_WITH({id}, '.0') THEN "+
		"CASE WHEN ENDS_WITH("+trimmed+", '.0') THEN LEFT("+trimmed+", LENGTH("+trimmed+") - 2) ELSE "+trimmed+" END ELSE {id} END)", "{id}", id)
}

// leadsInRoles are alarms of roles that name a lead where a contact is meant.
func leadsInRoles(reporting findings.Currency) []findings.Check {
	return []findings.Check{
		{Table: "opportunity_contacts", Name: "contact_is_lead", Severity: findings.Warning, Currency: reporting,
			// The money is that of the opportunities, each once.
			Meaning: "{row|rows} of opportunity_contacts {has|have} a contact_id that is in leads and not in contacts", Remedy: "use the contact to which the lead was converted, or add the contact to contacts",
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
