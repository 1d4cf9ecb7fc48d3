-- grain: campaign_id
-- message: {campaign has|campaigns have} counted touchpoints and no cost, while the parent campaign
--   has the cost and no touchpoint
-- severity: warning
-- remedy: book the cost on the campaign that has the touchpoints
-- money: the cost of the parent, once
WITH cost AS (SELECT campaign_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key > 0 GROUP BY campaign_key),
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
SELECT campaign_id AS key, 1 AS n, CASE WHEN nth = 1 THEN micros END AS micros FROM children
