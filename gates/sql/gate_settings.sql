-- gate_settings: one row with the instants and days that gates compare with. Parameters: as-of,
-- as-of of the baseline, the clock of the machine, the last closed month, whether the currency is
-- that of the baseline, and as-of again.
CREATE OR REPLACE TABLE gate_settings AS
SELECT
    CAST(? AS TIMESTAMP) AS as_of,
    CAST(? AS TIMESTAMP) AS baseline_as_of,
    CAST(? AS TIMESTAMP) AS clock,
    SUBSTR(CAST(CAST(? AS DATE) AS VARCHAR), 1, 7) AS closed_month,
    CAST(? AS BOOLEAN) AS same_currency,
    -- settled_month: the last month that ended more than 35 days before as-of.
    STRFTIME(DATE_TRUNC('month', CAST(? AS TIMESTAMP) - INTERVAL 35 DAY) - INTERVAL 1 DAY, '%Y-%m') AS settled_month
