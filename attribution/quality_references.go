package attribution

import (
	"context"
	"fmt"
	"strings"

	"tributary/internal/engine"
	"tributary/internal/findings"
)

// A reference is a column that holds a key of another table.
type reference struct {
	table, check, column, other string
	where                       string // only these rows; empty: all
	severity                    findings.Severity
	meaning                     string
}

// references are the columns of the input contract that can point nowhere. One is asked only if the other table was given; of
// opportunities there is always one. The key of such a finding is what the other table lacks: that is what to look for.
func references() []findings.Check {
	var checks []findings.Check
	for _, r := range pointers() {
		checks = append(checks, findings.Check{Table: r.table, Name: r.check, Severity: r.severity, Meaning: r.meaning, Query: r.query(),
			From: "dangling", Key: "key", Rows: "n", Where: "is_given AND table_name = '" + r.table + "' AND check_name = '" + r.check + "'"})
	}
	return checks
}

// A Join says how many rows of a table have a key of another one that is there. Query answers with joined and total: rows that
// point to a row, and rows that have a key.
type Join struct {
	Table, Column, Other string
	Check                string // of the finding about those that point nowhere
	Query                string // over the input and the table dangling
	Missing              string // SQL: the keys that point nowhere, with their rows
}

// FindDangling makes, once a run, what is known of keys that point nowhere: dangling, one row per reference and such a key, with the number
// of rows that have it (is_given: the other table has rows, so that it is odd), and misspelled, one row per table and key that would point to
// exactly one row if two exports wrote it alike. Checks and gates read them.
func FindDangling(ctx context.Context, eng *engine.Engine) error {
	var made int64
	if err := eng.Row(ctx, `SELECT COUNT(*) FROM duckdb_tables() WHERE table_name = 'misspelled'`, nil, &made); err != nil || made > 0 {
		return err
	}
	var parts []string
	for _, r := range pointers() {
		parts = append(parts, r.dangling())
	}
	if err := eng.Exec(ctx, "CREATE TABLE dangling AS"+strings.Join(parts, "\n\t\tUNION ALL")); err != nil {
		return fmt.Errorf("looking for keys that point nowhere: %w", err)
	}
	if err := eng.Exec(ctx, "CREATE TABLE misspelled AS "+misspelled()); err != nil {
		return fmt.Errorf("looking for keys that are written in two ways: %w", err)
	}
	return nil
}

// Joins are all of the input contract.
func Joins() []Join {
	var joins []Join
	for _, r := range pointers() {
		joins = append(joins, Join{Table: r.table, Column: r.column, Other: r.other, Check: r.check, Query: r.joined(), Missing: r.query()})
	}
	return joins
}

// pointers are the columns that can point nowhere.
func pointers() []reference {
	return []reference{
		{"accounts", "parent_unknown", "parent_account_id", "accounts", "", findings.Warning, "{account names|accounts name} a parent account that accounts does not have"},
		{"contacts", "account_unknown", "account_id", "accounts", "", findings.Warning, "{contact names|contacts name} an account that accounts does not have"},
		{"leads", "account_unknown", "account_id", "accounts", "", findings.Warning, "{lead names|leads name} an account that accounts does not have"},
		{"leads", "converted_contact_unknown", "converted_contact_id", "contacts", "", findings.Warning, "{lead was|leads were} converted to a contact that contacts does not have"},
		{"identity_map", "from_contact_unknown", "from_id", "contacts", "COALESCE(t.kind, 'contact') = 'contact'", findings.Info, "{row of identity_map starts|rows of identity_map start} from a contact that contacts does not have (usual of merged ones)"},
		{"identity_map", "from_lead_unknown", "from_id", "leads", "t.kind = 'lead'", findings.Info, "{row of identity_map starts|rows of identity_map start} from a lead that leads does not have (usual of merged ones)"},
		{"identity_map", "to_contact_unknown", "to_id", "contacts", "COALESCE(t.to_kind, 'contact') = 'contact'", findings.Warning, "{row of identity_map leads|rows of identity_map lead} to a contact that contacts does not have"},
		{"identity_map", "to_lead_unknown", "to_id", "leads", "t.to_kind = 'lead'", findings.Warning, "{row of identity_map leads|rows of identity_map lead} to a lead that leads does not have"},
		{"account_contacts", "account_unknown", "account_id", "accounts", "", findings.Warning, "{row of account_contacts names|rows of account_contacts name} an account that accounts does not have"},
		{"account_contacts", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{row of account_contacts names|rows of account_contacts name} a contact that contacts does not have"},
		{"account_domains", "account_unknown", "account_id", "accounts", "", findings.Warning, "{row of account_domains names|rows of account_domains name} an account that accounts does not have"},
		{"campaigns", "parent_unknown", "parent_campaign_id", "campaigns", "", findings.Warning, "{campaign names|campaigns name} a parent campaign that campaigns does not have"},
		{"touchpoints", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{touch names|touches name} a contact that contacts does not have"},
		{"touchpoints", "lead_unknown", "lead_id", "leads", "", findings.Warning, "{touch names|touches name} a lead that leads does not have"},
		{"touchpoints", "campaign_unknown", "campaign_id", "campaigns", "", findings.Warning, "{touch names|touches name} a campaign that campaigns does not have"},
		{"opportunities", "account_unknown", "account_id", "accounts", "", findings.Warning, "{opportunity names|opportunities name} an account that accounts does not have"},
		{"opportunities", "primary_campaign_unknown", "primary_campaign_id", "campaigns", "", findings.Warning, "{opportunity has|opportunities have} a primary campaign that campaigns does not have"},
		{"opportunities", "reversed_unknown", "reverses_opportunity_id", "opportunities", "", findings.Warning, "{opportunity reverses|opportunities reverse} an unknown one, and {is credited by its|are credited by their} own journeys"},
		{"opportunity_contacts", "opportunity_unknown", "opportunity_id", "opportunities", "", findings.Warning, "{row of opportunity_contacts names|rows of opportunity_contacts name} an unknown opportunity"},
		{"opportunity_contacts", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{row of opportunity_contacts names|rows of opportunity_contacts name} a contact that contacts does not have"},
		{"stage_history", "lead_unknown", "entity_id", "leads", "t.entity_type = 'lead'", findings.Warning, "{row of stage_history names|rows of stage_history name} a lead that leads does not have"},
		{"stage_history", "contact_unknown", "entity_id", "contacts", "t.entity_type = 'contact'", findings.Warning, "{row of stage_history names|rows of stage_history name} a contact that contacts does not have"},
		{"stage_history", "opportunity_unknown", "entity_id", "opportunities", "t.entity_type = 'opportunity'", findings.Warning, "{row of stage_history names|rows of stage_history name} an unknown opportunity"},
		{"costs", "campaign_unknown", "campaign_id", "campaigns", "", findings.Warning, "{row of costs names|rows of costs name} a campaign that campaigns does not have"},
		{"activities", "lead_unknown", "lead_id", "leads", "", findings.Warning, "{activity names|activities name} a lead that leads does not have"},
		{"activities", "contact_unknown", "contact_id", "contacts", "", findings.Warning, "{activity names|activities name} a contact that contacts does not have"},
		{"activities", "opportunity_unknown", "opportunity_id", "opportunities", "", findings.Warning, "{activity names|activities name} an unknown opportunity"},
	}
}

// query counts the rows by what they point to and is not there.
func (r reference) query() string {
	query := `
		SELECT t.{column} AS key, {rows} AS n
		FROM {from} AS t
		WHERE t.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {other} AS o WHERE o.{key} = t.{column})`
	if r.other != "opportunities" {
		query += ` AND EXISTS (SELECT 1 FROM {other})`
	}
	return r.named(query + r.and() + ` GROUP BY t.{column}`)
}

// dangling is query as rows of the table dangling: of columns in which keys repeat, each key once.
func (r reference) dangling() string {
	query := `
		SELECT '{table}' AS table_name, '{column}' AS column_name, '{check}' AS check_name, '{other}' AS other, t.key, t.n,
			'{other}' = 'opportunities' OR EXISTS (SELECT 1 FROM {other}) AS is_given
		FROM (SELECT t.{column} AS key, {rows} AS n FROM {from} AS t WHERE t.{column} IS NOT NULL{where} GROUP BY t.{column}) AS t
		ANTI JOIN {other} AS o ON o.{key} = t.key`
	return r.named(strings.ReplaceAll(query, "{where}", r.and()))
}

// joined counts the rows that have a key, and those of them whose key is there.
func (r reference) joined() string {
	return r.named(`
		SELECT total - CAST((SELECT COALESCE(SUM(n), 0) FROM dangling WHERE table_name = '{table}' AND check_name = '{check}') AS BIGINT) AS joined, total
		FROM (SELECT {rows} AS total FROM {from} AS t WHERE t.{column} IS NOT NULL` + r.and() + `)`)
}

// and is the condition of the reference, to stand behind another one.
func (r reference) and() string {
	if r.where == "" {
		return ""
	}
	return " AND " + r.where
}

// named puts the names of the reference into a query.
func (r reference) named(query string) string {
	keys := map[string]string{
		"accounts": "account_id", "contacts": "contact_id", "leads": "lead_id", "campaigns": "campaign_id", "opportunities": "opportunity_id",
	}
	key := keys[r.other]
	from, rows := r.table, "COUNT(*)"
	if r.table == "touchpoints" { // each of its columns stands in one of two small tables, with the number of touches
		from, rows = "touch_names", "CAST(COALESCE(SUM(t.touches), 0) AS BIGINT)"
		if r.column == "campaign_id" {
			from = "touch_kinds"
		}
	}
	return strings.NewReplacer("{table}", r.table, "{check}", r.check, "{from}", from, "{rows}", rows, "{column}", r.column, "{other}", r.other, "{key}", key).Replace(query)
}
