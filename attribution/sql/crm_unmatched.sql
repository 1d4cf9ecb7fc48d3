-- crm_unmatched: one row per conversion and campaign or channel (the other key is NULL) to which
-- the CRM gives a part of the opportunity and the primary model gives no credit. The conversions
-- are those of crm_claims.
CREATE TABLE crm_unmatched AS
WITH credited AS (
    SELECT conversion_key, campaign_key, CAST(NULL AS INTEGER) AS channel_key
    FROM journey_credit
    WHERE minor <> 0 OR millionths <> 0
    UNION
    SELECT conversion_key, NULL, channel_key
    FROM journey_credit
    WHERE minor <> 0 OR millionths <> 0
)
SELECT DISTINCT m.conversion_key, m.campaign_key, m.channel_key
FROM crm_claims AS m
LEFT JOIN credited AS c
    ON c.conversion_key = m.conversion_key AND c.campaign_key IS NOT DISTINCT FROM m.campaign_key
    AND c.channel_key IS NOT DISTINCT FROM m.channel_key
WHERE m.minor <> 0 AND c.conversion_key IS NULL
