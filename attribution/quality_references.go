package attribution

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
)

// A reference is a column that holds a key of another table.
type reference struct {
	table, check, column, other string
	where                       string // only these rows; empty: all
	severity                    findings.Severity
	meaning                     string
}

// keyOf is the key of each table that other tables refer to.
var keyOf = map[string]string{
	"accounts": "account_id", "contacts": "contact_id", "leads": "lead_id", "campaigns": "campaign_id", "opportunities": "opportunity_id",
}

// references returns the checks of the columns that refer to another table of the input contract. A
// check is run only if the other table was given; opportunities are always given. The keys of a
// finding are those that the other table lacks.
func references() []findings.Check {
	var checks []findings.Check
	for i, r := range pointers() {
		checks = append(checks, findings.Check{Table: r.table, Name: r.check, Grain: r.column, Severity: r.severity, Meaning: r.meaning, Query: r.query(),
			From: "unknown_references", Key: "key", Rows: "n", Where: fmt.Sprintf("reference = %d", i)})
	}
	return checks
}

// A Join counts the rows of a table whose key is in another table. Query reads unknown_references, and
// returns joined and total: the rows whose key is in the other table, and the rows that have a key.
type Join struct {
	Table, Column, Other string
	Check                string // of the finding about keys that the other table lacks
	Query                string
	Missing              string // SQL: the keys that the other table lacks, with their rows
}

// Joins returns all joins of the input contract.
func Joins() []Join {
	var joins []Join
	for i, r := range pointers() {
		joins = append(joins, Join{Table: r.table, Column: r.column, Other: r.other, Check: r.check, Query: r.joined(i), Missing: r.query()})
	}
	return joins
}

// FindUnknownReferences makes unknown_references, unless the run has it: one row per reference (its
// place in pointers) and key that the other table lacks, with the rows that have the key. The gates
// read it after the files were loaded, and the checks read it at the end of the run, so every
// column is searched only once.
func FindUnknownReferences(ctx context.Context, eng *engine.Engine) error {
	var tables int
	if err := eng.Row(ctx, `SELECT COUNT(*) FROM duckdb_tables() WHERE table_name = 'unknown_references'`, nil, &tables); err != nil || tables > 0 {
		return err
	}
	if err := eng.Exec(ctx, `CREATE TABLE unknown_references (reference INTEGER, table_name VARCHAR, other VARCHAR, key VARCHAR, n BIGINT)`); err != nil {
		return err
	}
	all := pointers()
	for from := 0; from < len(all); { // the references of one table at once: more would want much memory
		var queries []string
		table := all[from].table
		for ; from < len(all) && all[from].table == table; from++ {
			r := all[from]
			queries = append(queries, fmt.Sprintf("SELECT %d, '%s', '%s', m.key, m.n FROM (%s) AS m", from, r.table, r.other, r.query()))
		}
		if err := eng.Exec(ctx, "INSERT INTO unknown_references "+strings.Join(queries, "\nUNION ALL ")); err != nil {
			return fmt.Errorf("looking for what %s refers to: %w", table, err)
		}
	}
	return nil
}

// pointers returns the columns that refer to another table.
func pointers() []reference {
	return []reference{
		{"accounts", "parent_unknown", "parent_account_id", "accounts", "", findings.Warning, "{account has|accounts have} a parent_account_id that is not in accounts"},
		{"contacts", "account_unknown", "account_id", "accounts", "", findings.Warning, "{contact has|contacts have} an account_id that is not in accounts"},
		{"leads", "account_unknown", "account_id", "accounts", "", findings.Warning, "{lead has|leads have} an account_id that is not in accounts"},
		{"leads", "converted_contact_unknown", "converted_contact_id", "contacts", "", findings.Warning, "{lead has|leads have} a converted_contact_id that is not in contacts"},
		{"identity_map", "from_contact_unknown", "from_id", "contacts", "COALESCE(t.kind, 'contact') = 'contact'", findings.Info, "{row of identity_map has|rows of identity_map have} a from_id that is not in contacts (this is usual for merged records)"},
		{"identity_map", "from_lead_unknown", "from_id", "leads", "t.kind = 'lead'", findings.Info, "{row of identity_map has|rows of identity_map have} a from_id that is not in leads (this is usual for merged records)"},
		{"identity_map", "to_contact_unknown", "to_id", "contacts", "COALESCE(t.to_kind, 'contact') = 'contact'", findings.Warning, "{row of identity_map has|rows of identity_map have} a to_id that is not in contacts"},
		{"identity_map", "to_lead_unknown", "to_id", "leads", "t.to_kind = 'lead'", findings.Warning, "{row of identity_map has|rows of identity_map have} a to_id that is not in leads"},
		{"account_contacts", "account_unknown", "account_id", "accounts", "", findings.Warning, "{row of account_contacts has|rows of account_contacts have} an account_id that is not in accounts"},
		{"account_contacts", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{row of account_contacts has|rows of account_contacts have} a contact_id that is not in contacts"},
		{"account_domains", "account_unknown", "account_id", "accounts", "", findings.Warning, "{row of account_domains has|rows of account_domains have} an account_id that is not in accounts"},
		{"campaigns", "parent_unknown", "parent_campaign_id", "campaigns", "", findings.Warning, "{campaign has|campaigns have} a parent_campaign_id that is not in campaigns"},
		{"touchpoints", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{touchpoint has|touchpoints have} a contact_id that is not in contacts"},
		{"touchpoints", "lead_unknown", "lead_id", "leads", "", findings.Warning, "{touchpoint has|touchpoints have} a lead_id that is not in leads"},
		{"touchpoints", "campaign_unknown", "campaign_id", "campaigns", "", findings.Warning, "{touchpoint has|touchpoints have} a campaign_id that is not in campaigns"},
		{"opportunities", "account_unknown", "account_id", "accounts", "", findings.Warning, "{opportunity has|opportunities have} an account_id that is not in accounts"},
		{"opportunities", "primary_campaign_unknown", "primary_campaign_id", "campaigns", "", findings.Warning, "{opportunity has|opportunities have} a primary_campaign_id that is not in campaigns"},
		{"opportunities", "reversed_unknown", "reverses_opportunity_id", "opportunities", "", findings.Warning, "{opportunity has|opportunities have} a reverses_opportunity_id that is not in opportunities, so {it is|they are} credited by {its|their} own journey"},
		{"opportunity_contacts", "opportunity_unknown", "opportunity_id", "opportunities", "", findings.Warning, "{row of opportunity_contacts has|rows of opportunity_contacts have} an opportunity_id that is not in opportunities"},
		{"opportunity_contacts", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{row of opportunity_contacts has|rows of opportunity_contacts have} a contact_id that is not in contacts"},
		{"opportunity_contacts", "lead_unknown", "lead_id", "leads", "", findings.Warning, "{row of opportunity_contacts has|rows of opportunity_contacts have} a lead_id that is not in leads"},
		{"crm_influence", "opportunity_unknown", "opportunity_id", "opportunities", "", findings.Warning, "{row of crm_influence has|rows of crm_influence have} an opportunity_id that is not in opportunities"},
		{"crm_influence", "campaign_unknown", "campaign_id", "campaigns", "", findings.Warning, "{row of crm_influence has|rows of crm_influence have} a campaign_id that is not in campaigns"},
		{"crm_influence", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{row of crm_influence has|rows of crm_influence have} a contact_id that is not in contacts"},
		{"touchpoints", "account_unknown", "account_id", "accounts", "", findings.Warning, "{touchpoint has|touchpoints have} an account_id that is not in accounts"},
		{"stage_history", "lead_unknown", "entity_id", "leads", "t.entity_type = 'lead'", findings.Warning, "{row of stage_history has|rows of stage_history have} an entity_id that is not in leads"},
		{"stage_history", "contact_unknown", "entity_id", "contacts", "t.entity_type = 'contact'", findings.Warning, "{row of stage_history has|rows of stage_history have} an entity_id that is not in contacts"},
		{"stage_history", "opportunity_unknown", "entity_id", "opportunities", "t.entity_type = 'opportunity'", findings.Warning, "{row of stage_history has|rows of stage_history have} an entity_id that is not in opportunities"},
		{"costs", "campaign_unknown", "campaign_id", "campaigns", "", findings.Warning, "{row of costs has|rows of costs have} a campaign_id that is not in campaigns"},
		{"activities", "lead_unknown", "lead_id", "leads", "", findings.Warning, "{activity has|activities have} a lead_id that is not in leads"},
		{"activities", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{activity has|activities have} a contact_id that is not in contacts"},
		{"activities", "opportunity_unknown", "opportunity_id", "opportunities", "", findings.Warning, "{activity has|activities have} an opportunity_id that is not in opportunities"},
	}
}

// query counts the rows by key that the other table lacks.
func (r reference) query() string {
	given := ""
	if r.other != "opportunities" {
		given = ` AND EXISTS (SELECT 1 FROM {other})`
	}
	return r.named(checkQuery("shapes/reference", "{given}", given, "{where}", r.further()))
}

// joined counts the rows that have a key, and those whose key is in the other table; place is the
// number of the reference.
func (r reference) joined(place int) string {
	return r.named(checkQuery("shapes/reference_joined", "{where}", r.further(), "{place}", strconv.Itoa(place)))
}

// further is the condition of the reference, to be added to another condition.
func (r reference) further() string {
	if r.where == "" {
		return ""
	}
	return " AND " + r.where
}

// named fills the names of the reference into a query.
func (r reference) named(query string) string {
	from, rows := r.table, "COUNT(*)"
	if r.table == "touchpoints" { // each of its columns stands in one of two small tables, with the number of touches
		from, rows = "touch_names", "CAST(COALESCE(SUM(t.touches), 0) AS BIGINT)"
		if r.column == "campaign_id" {
			from = "touch_kinds"
		}
	}
	return strings.NewReplacer("{from}", from, "{rows}", rows, "{column}", r.column, "{other}", r.other, "{key}", keyOf[r.other]).Replace(query)
}
