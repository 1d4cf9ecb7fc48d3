-- Campaigns: one row per campaign. Total lines are left out.
SELECT
    COALESCE("Campaign ID", Campaign) AS campaign_id, Campaign AS name,
    CASE "Campaign type"
        WHEN 'Display' THEN 'Display'
        WHEN 'Video' THEN 'Paid Video'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'Performance Max' THEN 'Cross-network'
        WHEN 'Demand Gen' THEN 'Cross-network'
        WHEN 'Discovery' THEN 'Cross-network'
        WHEN 'Smart' THEN 'Cross-network'
        WHEN 'App' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    _file, _line
FROM export
WHERE NOT (
    COALESCE("Day", '') ILIKE 'Total%'
    OR ("Day" IS NULL AND (Campaign IS NULL OR Campaign ILIKE 'Total%'))
)
QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE("Campaign ID", Campaign) ORDER BY _file DESC, _line DESC) = 1
