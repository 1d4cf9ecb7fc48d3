SELECT
    s.opportunity_id, s.reason, s.campaign_id,
    CAST(s.millionths AS DECIMAL(18, 0)) * CAST(0.0001 AS DECIMAL(4, 4)) AS share
FROM activation_salesforce_influence AS s
WHERE s.reason IS NOT NULL
ORDER BY s.opportunity_id, s.reason, s.campaign_id NULLS FIRST
