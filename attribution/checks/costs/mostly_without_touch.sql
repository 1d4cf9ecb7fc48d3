-- grain: campaign_id or, without one, channel
-- message: {day|days} of cost, more than half of all cost, {is|are} in campaigns and channels
--   without any touchpoint
-- severity: warning
-- remedy: check that costs and touchpoints name campaigns and channels in the same way
-- money: the cost of these days
WITH cost AS (
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
GROUP BY COALESCE(k.campaign_id, h.channel)
