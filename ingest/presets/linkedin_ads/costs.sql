-- Costs: one row per row of the report, without total lines.
SELECT
    "Start Date (in UTC)" AS starts_on, "Start Date (in UTC)" AS ends_on,
    COALESCE("Campaign ID", "Campaign Name") AS campaign_id, 'Paid Social' AS channel,
    "Total Spent" AS amount, Currency AS currency, Impressions AS impressions, Clicks AS clicks,
    CASE
        WHEN COALESCE(Conversions, Leads) IS NOT NULL
            THEN CAST(REPLACE(COALESCE(Conversions, '0'), ',', '') AS DECIMAL(18, 6)) + CAST(REPLACE(COALESCE(Leads, '0'), ',', '') AS DECIMAL(18, 6))
    END AS reported_conversions,
    "Total Conversion Value" AS reported_value, _file, _line
FROM export
WHERE NOT (
    COALESCE("Start Date (in UTC)", '') ILIKE 'Total%'
    OR ("Start Date (in UTC)" IS NULL AND "Campaign Name" IS NULL)
)
