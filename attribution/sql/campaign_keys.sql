-- campaign_keys: one row per campaign id anywhere in the input, with the name and channel that
-- campaigns gives it. campaign_key 0 is "(none)", -1 is "(unattributed)". channel_key is NULL if
-- the campaign has no channel of its own.
CREATE TABLE campaign_keys AS
WITH found AS (
    SELECT campaign_id FROM touch_kinds
    UNION SELECT campaign_id FROM campaigns
    UNION SELECT campaign_id FROM costs
    UNION SELECT primary_campaign_id FROM opportunities
    UNION SELECT campaign_id FROM crm_influence
),
keyed AS (
    SELECT CAST(ROW_NUMBER() OVER (ORDER BY campaign_id) AS INTEGER) AS campaign_key, campaign_id
    FROM found
    WHERE campaign_id IS NOT NULL AND campaign_id NOT IN ('(none)', '(unattributed)')
)
SELECT k.campaign_key, k.campaign_id, c.name AS campaign_name, h.channel_key
FROM keyed AS k
LEFT JOIN campaigns AS c ON c.campaign_id = k.campaign_id
LEFT JOIN channel_names AS n ON n.written = c.channel
LEFT JOIN channels AS h ON h.channel = n.channel
UNION ALL SELECT 0, '(none)', NULL, NULL
UNION ALL SELECT -1, '(unattributed)', NULL, NULL
