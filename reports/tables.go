package reports

import (
	"context"
	"fmt"
	"path/filepath"

	"tributary/internal/engine"
	"tributary/internal/progress"
)

// derivedTables are what a run found, in the words of the input: what explain works from. Every query has a total order.
var derivedTables = []struct{ name, query string }{
	{"people", `
		SELECT
			person_id, account_id, match_method, MAKE_TIMESTAMP(lead_at_us) AS lead_at, excluded_reason,
			MAKE_TIMESTAMP(lead_from_us) AS lead_from, MAKE_TIMESTAMP(lead_until_us) AS lead_until
		FROM people
		ORDER BY person_id`},
	{"conversions", `
		SELECT
			y.name AS conversion_type, c.opportunity_id, c.opportunity_type,
			MAKE_TIMESTAMP(c.created_us) AS created_at, MAKE_TIMESTAMP(c.anchor_us) AS converted_at,
			MAKE_TIMESTAMP(c.window_start_us) AS lookback_from,
			c.is_counted, c.is_open, c.value_minor, g.currency, j.path, j.touches, j.reason,
			s.opportunity_id AS journey_opportunity_id, c.reverses_opportunity_id IS NOT NULL AS is_reversal, p.person_id,
			MAKE_TIMESTAMP(c.anchor_until_us) AS converted_until
		FROM conversions AS c
		INNER JOIN conversion_types AS y ON y.conversion_type = c.conversion_type
		CROSS JOIN report_period AS g
		LEFT JOIN journeys AS j ON j.conversion_key = c.conversion_key
		LEFT JOIN conversions AS s ON s.conversion_key = j.source_key
		LEFT JOIN people AS p ON p.person_key = c.person_key
		ORDER BY c.conversion_key`},
	{"stage_entries", `
		SELECT s.position, s.stage, s.unit, p.person_id, NULL AS opportunity_id, MAKE_TIMESTAMP(e.entered_us) AS entered_at
		FROM person_entries AS e
		INNER JOIN funnel_stages AS s ON s.position = e.position
		INNER JOIN people AS p ON p.person_key = e.person_key
		UNION ALL
		SELECT s.position, s.stage, s.unit, NULL, o.opportunity_id, MAKE_TIMESTAMP(e.entered_us)
		FROM opportunity_entries AS e
		INNER JOIN funnel_stages AS s ON s.position = e.position
		INNER JOIN opportunity_facts AS o ON o.opportunity_key = e.opportunity_key
		ORDER BY 1, 4, 5, 6`},
	{"person_ids", `
		SELECT CASE n.kind WHEN 0 THEN 'contact' WHEN 1 THEN 'lead' ELSE 'anonymous' END AS kind, n.id, p.person_id
		FROM node_persons AS n
		INNER JOIN people AS p ON p.person_key = n.person_key
		ORDER BY n.kind, n.id`},
	{"buying_groups", `
		SELECT
			o.opportunity_id, b.step, s.path, p.person_id, b.match_method,
			CASE WHEN b.from_us <> -9223372036854775808 THEN MAKE_TIMESTAMP(b.from_us) END AS member_from,
			CASE WHEN b.until_us <> 9223372036854775807 THEN MAKE_TIMESTAMP(b.until_us) END AS member_until
		FROM buying_groups AS b
		INNER JOIN opportunity_facts AS o ON o.opportunity_key = b.opportunity_key
		INNER JOIN group_steps AS s ON s.step = b.step
		INNER JOIN people AS p ON p.person_key = b.person_key
		ORDER BY o.opportunity_id, b.step, p.person_id, b.from_us`},
	{"email_conflicts", `
		SELECT DISTINCT e.email, p.person_id
		FROM email_conflicts AS c
		INNER JOIN emails AS e ON e.email_key = c.email_key
		INNER JOIN node_emails AS n ON n.email_key = c.email_key
		INNER JOIN node_persons AS r ON r.node_key = n.node_key
		INNER JOIN people AS p ON p.person_key = r.person_key
		ORDER BY e.email, p.person_id`},
	{"touch_facts", `
		SELECT
			t.touch_id, MAKE_TIMESTAMP(t.occurred_us) AS occurred_at, p.person_id, t.named_by,
			h.channel, h.is_direct, k.campaign_id, t.touch_type, t.status, t.excluded_reason
		FROM touch_facts AS t
		INNER JOIN people AS p ON p.person_key = t.person_key
		INNER JOIN channels AS h ON h.channel_key = t.channel_key
		INNER JOIN campaign_keys AS k ON k.campaign_key = t.campaign_key
		ORDER BY t.occurred_us, t.touch_id`},
}

// writeTables writes the contract tables as they were loaded, and the derived ones.
func writeTables(ctx context.Context, eng *engine.Engine, contract []string, directory string, show *progress.Display) error {
	wrote := show.Count("writing tables", progress.Tables, int64(len(contract)+len(derivedTables)))
	for _, name := range contract {
		query := "SELECT * FROM " + engine.Name(name) + " ORDER BY ALL"
		if err := writeParquet(ctx, eng, query, filepath.Join(directory, name+".parquet")); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
		wrote.Add(1)
	}
	for _, t := range derivedTables {
		if err := writeParquet(ctx, eng, t.query, filepath.Join(directory, t.name+".parquet")); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		wrote.Add(1)
	}
	return nil
}
