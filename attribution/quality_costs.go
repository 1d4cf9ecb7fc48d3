package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// costsApart are checks of costs that do not meet the credit they paid for, with the amounts: those
// of cost_days, which are converted and go up to as-of.
func costsApart(reporting findings.Currency) []findings.Check {
	return []findings.Check{
		{Table: "campaigns", Name: "channel_differs_from_touches", Severity: findings.Warning, Currency: reporting,
			Meaning: "{campaign has|campaigns have} costs in one channel and counted touchpoints in another; the amount is the cost in channels without counted touchpoints", Remedy: "use one channel for a campaign, its costs and its touchpoints",
			Query: `WITH cost AS (
					SELECT campaign_key, channel_key, SUM(micros) AS micros FROM cost_days
					WHERE campaign_key > 0 GROUP BY campaign_key, channel_key
				),
				touched AS (SELECT DISTINCT campaign_key, channel_key FROM touch_groups WHERE campaign_key > 0 AND excluded_reason IS NULL),
				compared AS (
					SELECT c.campaign_key, c.channel_key, c.micros,
						BOOL_OR(t.channel_key = c.channel_key) AS meets, BOOL_OR(t.channel_key <> c.channel_key) AS differs
					FROM cost AS c
					INNER JOIN touched AS t ON t.campaign_key = c.campaign_key
					GROUP BY c.campaign_key, c.channel_key, c.micros
				)
				SELECT k.campaign_id AS key, 1 AS n, SUM(CASE WHEN c.meets THEN 0 ELSE c.micros END) AS micros
				FROM compared AS c
				INNER JOIN campaign_keys AS k ON k.campaign_key = c.campaign_key
				GROUP BY k.campaign_id HAVING BOOL_OR(c.differs)`},
		{Table: "costs", Name: "campaign_without_touch", Severity: findings.Warning, Currency: reporting,
			Meaning: "{row|rows} of costs {names|name} a campaign that has no touchpoint",
			Query: `SELECT k.campaign_id AS key, k.n, d.micros
				FROM (SELECT campaign_id, COUNT(*) AS n FROM costs GROUP BY campaign_id) AS k
				INNER JOIN campaign_keys AS c ON c.campaign_id = k.campaign_id
				LEFT JOIN (SELECT campaign_key, SUM(micros) AS micros FROM cost_days GROUP BY campaign_key) AS d ON d.campaign_key = c.campaign_key
				WHERE NOT EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.campaign_key = c.campaign_key)`},
		{Table: "costs", Name: "channel_without_touch", Severity: findings.Warning, Currency: reporting,
			Meaning: "{row|rows} of costs {names|name} a channel that has no touchpoint",
			Query: `SELECT k.channel AS key, k.n, d.micros
				FROM (SELECT channel, COUNT(*) AS n FROM costs WHERE campaign_id IS NULL GROUP BY channel) AS k
				INNER JOIN channels AS h ON h.channel = k.channel
				LEFT JOIN (SELECT channel_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key = 0 GROUP BY channel_key) AS d ON d.channel_key = h.channel_key
				WHERE NOT EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.channel_key = h.channel_key)`,
			Near: `SELECT h.channel FROM channels AS h WHERE EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.channel_key = h.channel_key)`},
		{Table: "costs", Name: "after_as_of", Severity: findings.Warning, Currency: reporting,
			// What the days after as-of cost; in other currencies at the rate of the day of as-of.
			Meaning: "{row|rows} of costs {ends|end} after as-of; the amount is the cost of the days after it, which is not counted yet", Remedy: "set --as-of to a later day if it was spent",
			Query: `WITH later AS (
					SELECT COALESCE(k.campaign_id, k.channel) AS key, k.currency, k.amount_micros, k.ends_on - k.starts_on + 1 AS days,
						GREATEST(g.as_of_day - k.starts_on + 1, 0) AS days_before
					FROM costs AS k CROSS JOIN settings AS g WHERE k.ends_on > g.as_of_day
				),
				apart AS (
					SELECT key, currency,
						CAST(amount_micros AS HUGEINT) - rounded_ratio(CAST(amount_micros AS HUGEINT) * days_before, days) AS micros
					FROM later
				)
				SELECT a.key, COUNT(*) AS n, SUM(CASE WHEN a.currency = g.currency THEN a.micros
					ELSE rounded_ratio(a.micros * r.rate_digits, power_of_ten(r.rate_scale)) END) AS micros
				FROM apart AS a
				CROSS JOIN settings AS g
				LEFT JOIN rate_periods AS r ON r.currency = a.currency AND r.effective_on <= g.as_of_day AND g.as_of_day < r.ends_before
				GROUP BY a.key`},
		{Table: "opportunities", Name: "closes_after_as_of", Severity: findings.Warning, Currency: reporting,
			Meaning: "{opportunity was|opportunities were} closed after as-of; a win there is not counted yet", Remedy: "set --as-of to a later day if the win happened",
			Query: `SELECT o.opportunity_id AS key, 1 AS n, CAST(c.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit AS micros
				FROM opportunities AS o
				INNER JOIN words AS w ON w.kind = 'stage' AND w.word = o.stage
				CROSS JOIN settings AS g
				LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
				WHERE (COALESCE(o.is_won, w.is_won) OR COALESCE(o.is_closed, w.is_lost)) AND ` + beginning("o.closed_at") + ` > g.as_of_us`},
		{Table: "costs", Name: "covers_more_than_366_days", Severity: findings.Warning, Currency: reporting,
			// The amounts are those of the rows, in full: rows in other currencies have none here.
			Meaning: "{row|rows} of costs {covers|cover} more than 366 days: the cost is spread evenly over all of these days", Remedy: "check ends_on",
			Query: `SELECT COALESCE(k.campaign_id, k.channel) AS key, COUNT(*) AS n,
					SUM(CASE WHEN k.currency = g.currency THEN k.amount_micros END) AS micros
				FROM costs AS k
				CROSS JOIN settings AS g
				WHERE k.ends_on - k.starts_on >= 366 GROUP BY COALESCE(k.campaign_id, k.channel)`},
	}
}
