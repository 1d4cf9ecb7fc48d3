-- Costs: one row per row of the report, without its total lines.
SELECT
    "Day" AS starts_on, "Day" AS ends_on, COALESCE("Campaign ID", Campaign) AS campaign_id,
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
    Cost AS amount, "Currency code" AS currency,
    "Impr." AS impressions, Clicks AS clicks, Conversions AS reported_conversions, "Conv. value" AS reported_value, _file, _line
FROM export
WHERE NOT (
    COALESCE("Day", '') ILIKE 'Total%'
    OR ("Day" IS NULL AND (Campaign IS NULL OR Campaign ILIKE 'Total%'))
)
