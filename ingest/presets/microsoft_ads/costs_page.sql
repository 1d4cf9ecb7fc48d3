-- Costs: one row per row of the report, without total lines and the copyright line.
SELECT
    "Gregorian date" AS starts_on, "Gregorian date" AS ends_on, COALESCE("Campaign ID", "Campaign name") AS campaign_id,
    CASE "Campaign type"
        WHEN 'Audience' THEN 'Display'
        WHEN 'Shopping' THEN 'Paid Shopping'
        WHEN 'Performance Max' THEN 'Cross-network'
        WHEN 'PerformanceMax' THEN 'Cross-network'
        ELSE 'Paid Search'
    END AS channel,
    Spend AS amount, "Currency code" AS currency, Impressions AS impressions, Clicks AS clicks,
    Conversions AS reported_conversions, Revenue AS reported_value, _file, _line
FROM page
WHERE NOT (
    COALESCE("Gregorian date", '') ILIKE 'Total%' OR COALESCE("Gregorian date", '') LIKE '©%' OR COALESCE("Gregorian date", '') LIKE '@%'
    OR ("Gregorian date" IS NULL AND ("Campaign name" IS NULL OR Spend IS NULL))
)
