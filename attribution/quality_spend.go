package attribution

import "github.com/tributary-engine/tributary/internal/findings"

// misplacedSpend are alarms of costs that were booked twice, or where no touch can meet them.
func misplacedSpend(reporting findings.Currency) []findings.Check {
	return []findings.Check{
		{Table: "costs", Name: "mostly_without_touch", Severity: findings.Warning, Currency: reporting,
			Meaning: "{day|days} of cost, more than half of all cost, {is|are} in campaigns and channels without any touchpoint", Remedy: "check that costs and touchpoints name campaigns and channels in the same way",
			Query: `WITH cost AS (
					SELECT d.campaign_key, d.channel_key, COUNT(*) AS n, SUM(d.micros) AS micros FROM cost_days AS d GROUP BY d.campaign_key, d.channel_key
				),
				met AS (SELECT DISTINCT campaign_key, channel_key FROM touch_groups),
				judged AS (
					SELECT c.*, EXISTS (
							SELECT 1 FROM met AS m
							WHERE CASE WHEN c.campaign_key > 0 THEN m.campaign_key = c.campaign_key ELSE m.channel_key = c.channel_key END
						) AS is_met
					FROM cost AS c
				)
				SELECT COALESCE(k.campaign_id, h.channel) AS key, SUM(j.n) AS n, SUM(j.micros) AS micros
				FROM judged AS j
				LEFT JOIN campaign_keys AS k ON k.campaign_key = j.campaign_key AND j.campaign_key > 0
				LEFT JOIN channels AS h ON h.channel_key = j.channel_key
				WHERE NOT j.is_met
					AND (SELECT 2 * SUM(CASE WHEN is_met THEN 0 ELSE micros END) > SUM(micros) FROM judged)
				GROUP BY COALESCE(k.campaign_id, h.channel)`},
		{Table: "costs", Name: "days_restated", Severity: findings.Warning, Currency: reporting,
			// The money is what stands beside the greatest amount of each group; rows in other
			// currencies have none here. Of a file by advertisement most days have several rows,
			// unlike each other: those are parts of a day.
			Meaning: "{row|rows} of costs {has|have} the days and the campaign (or channel) of another row but a different amount", Remedy: "if a connector appends corrected days, keep only the newest row of each day",
			Query: `WITH days AS (
					SELECT campaign_id, channel, currency, COUNT(*) AS n, COUNT(DISTINCT amount_micros) > 1 AS differ,
						SUM(CAST(amount_micros AS HUGEINT)) - MAX(amount_micros) AS micros,
						5 * CAST(MIN(amount_micros) AS HUGEINT) >= 4 * CAST(MAX(amount_micros) AS HUGEINT) AS alike
					FROM costs GROUP BY starts_on, ends_on, campaign_id, channel, currency
				),
				parts AS (
					SELECT COUNT(*) >= 20 AND 2 * COUNT(CASE WHEN differ THEN 1 END) > COUNT(*)
						AND 2 * COUNT(CASE WHEN differ AND alike THEN 1 END) <= COUNT(CASE WHEN differ THEN 1 END) AS are_parts
					FROM days
				)
				SELECT COALESCE(d.campaign_id, d.channel) AS key, SUM(d.n) AS n, SUM(CASE WHEN d.currency = g.currency THEN d.micros END) AS micros
				FROM days AS d CROSS JOIN parts AS p CROSS JOIN settings AS g
				WHERE d.differ AND NOT p.are_parts
				GROUP BY COALESCE(d.campaign_id, d.channel)`},
		{Table: "campaigns", Name: "cost_at_parent", Severity: findings.Warning, Currency: reporting,
			Meaning: "{campaign has|campaigns have} counted touchpoints and no cost, while the parent campaign has the cost and no touchpoint", Remedy: "book the cost on the campaign that has the touchpoints",
			Query: `WITH cost AS (SELECT campaign_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key > 0 GROUP BY campaign_key),
				touched AS (SELECT DISTINCT campaign_key FROM touch_groups WHERE campaign_key > 0 AND excluded_reason IS NULL),
				reached AS (SELECT DISTINCT campaign_key FROM touch_groups WHERE campaign_key > 0),
				children AS (
					SELECT c.campaign_id, d.micros, ROW_NUMBER() OVER (PARTITION BY p.campaign_key ORDER BY c.campaign_id) AS nth
					FROM campaigns AS c
					INNER JOIN campaign_keys AS k ON k.campaign_id = c.campaign_id
					INNER JOIN touched AS t ON t.campaign_key = k.campaign_key
					INNER JOIN campaign_keys AS p ON p.campaign_id = c.parent_campaign_id
					INNER JOIN cost AS d ON d.campaign_key = p.campaign_key
					WHERE k.campaign_key NOT IN (SELECT campaign_key FROM cost) AND p.campaign_key NOT IN (SELECT campaign_key FROM reached)
				)
				SELECT campaign_id AS key, 1 AS n, CASE WHEN nth = 1 THEN micros END AS micros FROM children`},
	}
}
