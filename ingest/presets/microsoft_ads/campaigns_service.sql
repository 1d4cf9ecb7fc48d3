-- Campaigns: one row per campaign. Total lines and the copyright line are left out.
SELECT
    COALESCE(CampaignId, CampaignName) AS campaign_id, CampaignName AS name,
    CASE CampaignType
        WHEN 'Audience' THEN 'Display'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'Performance Max' THEN 'Cross-network'
        WHEN 'PerformanceMax' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    _file, _line
FROM service
WHERE NOT (
    COALESCE(COALESCE(TimePeriod, GregorianDate, "Gregorian date"), '') ILIKE 'Total%' OR COALESCE(COALESCE(TimePeriod, GregorianDate, "Gregorian date"), '') LIKE '©%' OR COALESCE(COALESCE(TimePeriod, GregorianDate, "Gregorian date"), '') LIKE '@%'
    OR (COALESCE(TimePeriod, GregorianDate, "Gregorian date") IS NULL AND (CampaignName IS NULL OR Spend IS NULL))
)
QUALIFY ROW_NUMBER() OVER (PARTITION BY COALESCE(CampaignId, CampaignName) ORDER BY _file DESC, _line DESC) = 1
