-- Costs: one row per row of the report, without total lines and the copyright line.
SELECT
    COALESCE(TimePeriod, GregorianDate, "Gregorian date") AS starts_on, COALESCE(TimePeriod, GregorianDate, "Gregorian date") AS ends_on, COALESCE(CampaignId, CampaignName) AS campaign_id,
    CASE CampaignType
        WHEN 'Audience' THEN 'Display'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'Performance Max' THEN 'Cross-network'
        WHEN 'PerformanceMax' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    Spend AS amount, CurrencyCode AS currency, Impressions AS impressions, Clicks AS clicks,
    COALESCE(ConversionsQualified, Conversions) AS reported_conversions, Revenue AS reported_value, _file, _line
FROM service
WHERE NOT (
    COALESCE(COALESCE(TimePeriod, GregorianDate, "Gregorian date"), '') ILIKE 'Total%' OR COALESCE(COALESCE(TimePeriod, GregorianDate, "Gregorian date"), '') LIKE '©%' OR COALESCE(COALESCE(TimePeriod, GregorianDate, "Gregorian date"), '') LIKE '@%'
    OR (COALESCE(TimePeriod, GregorianDate, "Gregorian date") IS NULL AND (CampaignName IS NULL OR Spend IS NULL))
)
