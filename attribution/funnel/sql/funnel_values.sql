-- funnel_values: one row per dimension of funnel_dimensions (segment, persona, campaign) and value,
-- with a dense key; 0 is (none). Campaigns have the keys of campaign_keys.
CREATE TABLE funnel_values AS
WITH found AS (
    SELECT 'segment' AS dimension, segment AS value FROM accounts
    UNION SELECT 'persona', persona FROM person_labels
    UNION SELECT 'persona', persona FROM opportunity_personas
)
SELECT dimension, CAST(ROW_NUMBER() OVER (PARTITION BY dimension ORDER BY value) AS INTEGER) AS value_key, value
FROM found
WHERE value <> '(none)'
UNION ALL SELECT 'segment', 0, '(none)'
UNION ALL SELECT 'persona', 0, '(none)'
UNION ALL SELECT 'campaign', campaign_key, campaign_id FROM campaign_keys
