-- grain: campaign_id
-- message: {campaign has|campaigns have} costs in one channel and counted touchpoints in another;
--   the amount is the cost in channels without counted touchpoints
-- severity: warning
-- remedy: use one channel for a campaign, its costs and its touchpoints
-- money: the cost in channels without counted touchpoints
WITH cost AS (
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
GROUP BY k.campaign_id HAVING BOOL_OR(c.differs)
