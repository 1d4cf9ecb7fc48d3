-- Costs: one row per row of the report, without totals. The header says the currency, such as
-- Amount Spent (USD).
WITH spent AS (
    UNPIVOT export
    ON COLUMNS('^Amount [Ss]pent \([A-Z]{3}\)$')
    INTO NAME header VALUE amount
)
SELECT
    "Date" AS starts_on, "Date" AS ends_on,
    COALESCE("Campaign ID", "Campaign Name") AS campaign_id, 'Paid Social' AS channel,
    amount, REGEXP_EXTRACT(header, '\(([A-Z]{3})\)', 1) AS currency, _file, _line
FROM spent
WHERE "Campaign Name" IS NOT NULL AND COALESCE("Date", '') NOT ILIKE 'Total%'
