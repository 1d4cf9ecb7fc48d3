-- Costs: one row per row of the report, without total lines.
SELECT
    "Start Date (in UTC)" AS starts_on, "Start Date (in UTC)" AS ends_on,
    COALESCE("Campaign ID", "Campaign Name") AS campaign_id, 'Paid Social' AS channel,
    "Total Spent" AS amount, Currency AS currency, _file, _line
FROM export
WHERE NOT (
    COALESCE("Start Date (in UTC)", '') ILIKE 'Total%'
    OR ("Start Date (in UTC)" IS NULL AND "Campaign Name" IS NULL)
)
