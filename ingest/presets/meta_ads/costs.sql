-- Costs: one row per row of the table, without the summary row. The header says the currency, such
-- as Amount spent (USD).
WITH spent AS (
    UNPIVOT export
    ON COLUMNS('^Amount [Ss]pent \([A-Z]{3}\)$')
    INTO NAME header VALUE amount
)
SELECT
    "Reporting starts" AS starts_on, "Reporting ends" AS ends_on,
    COALESCE("Campaign ID", "Campaign name") AS campaign_id, 'Paid Social' AS channel,
    amount, REGEXP_EXTRACT(header, '\(([A-Z]{3})\)', 1) AS currency, _file, _line
FROM spent
WHERE "Campaign name" IS NOT NULL
