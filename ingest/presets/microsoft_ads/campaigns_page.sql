-- Campaigns: one row per campaign. Total lines and the copyright line are left out.
SELECT
    COALESCE("Campaign ID", "Campaign name") AS campaign_id, "Campaign name" AS name,
    CASE "Campaign type"
        WHEN 'Audience' THEN 'Display'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'Performance Max' THEN 'Cross-network'
        WHEN 'PerformanceMax' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    _file, _line
FROM page
WHERE NOT (
    COALESCE("Gregorian date", '') ILIKE 'Total%' OR COALESCE("Gregorian date", '') LIKE '©%' OR COALESCE("Gregorian date", '') LIKE '@%'
    OR ("Gregorian date" IS NULL AND ("Campaign name" IS NULL OR Spend IS NULL))
)
QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE("Campaign ID", "Campaign name") ORDER BY _file DESC, _line DESC) = 1
