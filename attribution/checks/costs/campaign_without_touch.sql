-- grain: campaign_id
-- message: {row|rows} of costs {names|name} a campaign that has no touchpoint
-- severity: warning
-- money: the cost of the campaign up to as-of
SELECT k.campaign_id AS key, k.n, d.micros
FROM (SELECT campaign_id, COUNT(*) AS n FROM costs GROUP BY campaign_id) AS k
INNER JOIN campaign_keys AS c ON c.campaign_id = k.campaign_id
LEFT JOIN (SELECT campaign_key, SUM(micros) AS micros FROM cost_days GROUP BY campaign_key) AS d ON d.campaign_key = c.campaign_key
WHERE NOT EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.campaign_key = c.campaign_key)
