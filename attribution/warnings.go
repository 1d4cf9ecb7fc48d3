package attribution

import (
	"context"
	"fmt"
	"strings"

	"tributary/internal/engine"
)

// warnings count what is odd in the data and was resolved by a rule of docs/definitions.md. Each query answers with one
// count; the sentence is printed where it is not 0.
var warnings = []struct{ query, sentence string }{
	{`SELECT COUNT(*) FROM touch_base WHERE names_disagree`,
		"%d touches name two different people; the first of contact_id, lead_id, email, anonymous_id counts"},
	{`SELECT COUNT(*) FROM settings WHERE from_day > as_of_day`,
		"%d reporting period begins after as-of, and nothing falls into it"},
	{`SELECT COUNT(*) FROM email_conflicts`,
		"%d e-mails are found in several linked groups of records, and joined none of them (tables/email_conflicts.parquet lists them)"},
	{`SELECT COUNT(*) FROM (
		SELECT p.person_key FROM contacts AS c
		INNER JOIN node_persons AS p ON p.id = c.contact_id AND p.kind = 0
		WHERE c.account_id IS NOT NULL GROUP BY p.person_key HAVING COUNT(DISTINCT c.account_id) > 1)`,
		"%d people have contacts at several accounts; the contact created last counts"},
	{dangling("touchpoints", "campaign_id", "campaigns", "campaign_id"),
		"%d touches name a campaign that campaigns does not have"},
	{`SELECT COUNT(*) FROM opportunity_contacts AS r LEFT JOIN opportunities AS o ON o.opportunity_id = r.opportunity_id WHERE o.opportunity_id IS NULL`,
		"%d rows of opportunity_contacts name an unknown opportunity"},
	{dangling("opportunity_contacts", "contact_id", "contacts", "contact_id"),
		"%d rows of opportunity_contacts name a contact that contacts does not have"},
	{`SELECT COUNT(*) FROM opportunities AS r LEFT JOIN opportunities AS o ON o.opportunity_id = r.reverses_opportunity_id
		WHERE r.reverses_opportunity_id IS NOT NULL AND o.opportunity_id IS NULL`,
		"%d opportunities reverse an unknown one, and are credited by their own journeys"},
	{`SELECT COUNT(*) FROM person_nodes AS a INNER JOIN person_nodes AS b
		ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id`,
		"%d lead or contact ids stand in the data with 15 characters and with 18: they are compared as bytes, and so are different people (export one form)"},
	{`SELECT COUNT(*) FROM opportunities WHERE reverses_opportunity_id IS NOT NULL AND amount_minor > 0`,
		"%d opportunities reverse another one although their amount is positive; they count no unit, as reversals do"},
	{`SELECT COUNT(*) FROM conversions WHERE conversion_type = 0 AND amount_missing`,
		"%d opportunities have no amount; they earn count credit and no money"},
	{`SELECT COUNT(*) FROM opportunities AS o
		INNER JOIN words AS w ON w.kind = 'stage' AND w.word = o.stage
		CROSS JOIN settings AS g
		WHERE o.is_won IS NULL AND o.is_closed IS NULL AND NOT w.is_won AND NOT w.is_lost AND EPOCH_US(o.closed_at) <= g.as_of_us`,
		"%d opportunities closed by as-of in a stage that is known as neither won nor lost, and count as open (opportunities: won_stages, lost_stages)"},
	{dangling("touchpoints", "contact_id", "contacts", "contact_id"),
		"%d touches name a contact that contacts does not have"},
	{dangling("touchpoints", "lead_id", "leads", "lead_id"),
		"%d touches name a lead that leads does not have"},
	{dangling("opportunities", "account_id", "accounts", "account_id"),
		"%d opportunities name an account that accounts does not have"},
	{dangling("opportunities", "primary_campaign_id", "campaigns", "campaign_id"),
		"%d opportunities have a primary campaign that campaigns does not have"},
	{dangling("costs", "campaign_id", "campaigns", "campaign_id"),
		"%d rows of costs name a campaign that campaigns does not have"},
	{`WITH ids AS (
			SELECT 'account' AS kind, account_id AS id FROM accounts
			UNION SELECT 'account', account_id FROM opportunities UNION SELECT 'account', account_id FROM contacts UNION SELECT 'account', account_id FROM leads
			UNION SELECT 'campaign', campaign_id FROM campaign_keys
			UNION SELECT 'opportunity', opportunity_id FROM opportunities UNION SELECT 'opportunity', opportunity_id FROM opportunity_contacts
		)
		SELECT COUNT(*) FROM ids AS a INNER JOIN ids AS b
		ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id`,
		"%d account, campaign or opportunity ids stand in the data with 15 characters and with 18: they are compared as bytes, and so do not meet (export one form)"},
	{`SELECT COUNT(*) FROM conversions WHERE NOT is_counted`,
		"%d conversions lie after as-of and are not counted (reconciliation lists them under after_as_of)"},
}

// dangling counts the rows of a table that name what another table, if it was given, does not have. All four are names of the
// input contract.
func dangling(table, column, other, key string) string {
	return strings.NewReplacer("{table}", table, "{column}", column, "{other}", other, "{key}", key).Replace(`
		SELECT COUNT(*) FROM {table} AS t
		LEFT JOIN {other} AS o ON o.{key} = t.{column}
		WHERE t.{column} IS NOT NULL AND o.{key} IS NULL AND EXISTS (SELECT 1 FROM {other})`)
}

func warn(ctx context.Context, eng *engine.Engine, unknownTypes []string) ([]string, error) {
	var said []string
	for _, w := range warnings {
		var count int64
		if err := eng.Row(ctx, w.query, nil, &count); err != nil {
			return nil, fmt.Errorf("counting for a warning: %w", err)
		}
		if count > 0 {
			said = append(said, fmt.Sprintf(w.sentence, count))
		}
	}
	if len(unknownTypes) > 0 {
		said = append(said, fmt.Sprintf("opportunity types that are not known count as other: %q (map them under opportunities: types)", strings.Join(unknownTypes, ", ")))
	}
	return said, nil
}

// countPaths tells by which path of the buying group conversions came to their journeys, and how many have none.
func countPaths(ctx context.Context, eng *engine.Engine) (string, error) {
	counts, err := eng.Texts(ctx, `
		SELECT COUNT(*) || ' by ' || path FROM journeys WHERE path IS NOT NULL GROUP BY path
		UNION ALL
		SELECT COUNT(*) || ' unattributed: ' || reason FROM journeys WHERE reason IS NOT NULL GROUP BY reason
		ORDER BY 1`)
	if err != nil {
		return "", fmt.Errorf("counting paths: %w", err)
	}
	if len(counts) == 0 {
		return "none", nil
	}
	return strings.Join(counts, ", "), nil
}
