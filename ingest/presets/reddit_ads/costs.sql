-- Costs: one row per row of the report, without totals. The header says the currency, such as
-- Amount Spent (USD); every currency is read. A row without an amount has no spend.
WITH fields AS (
    SELECT *, TO_JSON(row_of_file) AS texts, UNNEST(JSON_KEYS(TO_JSON(row_of_file))) AS header
    FROM export AS row_of_file
),
spent AS (
    SELECT *, JSON_EXTRACT_STRING(texts, header) AS amount
    FROM fields
    WHERE REGEXP_MATCHES(header, '^Amount [Ss]pent \([A-Z]{3}\)$')
)
SELECT
    "Date" AS starts_on, "Date" AS ends_on,
    COALESCE("Campaign ID", "Campaign Name") AS campaign_id, 'Paid Social' AS channel,
    amount, REGEXP_EXTRACT(header, '\(([A-Z]{3})\)', 1) AS currency, Impressions AS impressions, Clicks AS clicks, _file, _line
FROM spent
WHERE "Campaign Name" IS NOT NULL AND COALESCE("Date", '') NOT ILIKE 'Total%' AND amount IS NOT NULL
