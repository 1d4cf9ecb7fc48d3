package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// entriesBeforeCreation are checks of entries to a stage before the record of the entry was created,
// one for each kind of record.
func entriesBeforeCreation() []findings.Check {
	var checks []findings.Check
	for _, r := range []struct{ kind, table, id string }{
		{"lead", "leads", "lead_id"}, {"contact", "contacts", "contact_id"}, {"opportunity", "opportunities", "opportunity_id"},
	} {
		checks = append(checks, findings.Check{Table: "stage_history", Name: r.kind + "_entry_before_creation", Severity: findings.Info, Grain: "entity_id",
			Meaning: "{row|rows} of stage_history {is|are} before the creation of {its|their} " + r.kind,
			Query:   checkQuery("shapes/entry_before_creation", "{kind}", r.kind, "{table}", r.table, "{id}", r.id)})
	}
	return checks
}
