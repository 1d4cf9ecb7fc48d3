-- Costs: one row per row of the table, without the summary row. The header says the currency, such
-- as Amount spent (USD); every currency is read. A row without an amount has no spend.
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
    "Reporting starts" AS starts_on, "Reporting ends" AS ends_on,
    COALESCE("Campaign ID", "Campaign name") AS campaign_id, 'Paid Social' AS channel,
    amount, REGEXP_EXTRACT(header, '\(([A-Z]{3})\)', 1) AS currency,
    Impressions AS impressions, "Link clicks" AS clicks, Leads AS reported_conversions, _file, _line
FROM spent
WHERE "Campaign name" IS NOT NULL AND amount IS NOT NULL
