-- settings: one row with the options of the run that SQL needs. The parameters are in the order of
-- defineSettings (attribution/define.go); the last one is the reporting currency.
CREATE OR REPLACE TABLE settings AS
SELECT
    CAST(? AS BIGINT) AS as_of_us, CAST(? AS DATE) AS as_of_day,
    CAST(? AS BIGINT) AS from_us, CAST(? AS DATE) AS from_day,
    CAST(? AS BIGINT) AS to_us, CAST(? AS DATE) AS to_day,
    CAST(? AS VARCHAR) AS period_start, CAST(? AS VARCHAR) AS period_end,
    CAST(? AS BIGINT) AS lookback_us, CAST(? AS BIGINT) AS person_lookback_us, CAST(? AS VARCHAR) AS time_zone,
    c.currency, c.minor_per_unit,
    CAST(? AS BOOLEAN) AS exclude_direct, CAST(? AS BOOLEAN) AS direct_is_fallback, CAST(? AS BOOLEAN) AS contacts_are_leads,
    CAST(? AS BOOLEAN) AS days_begin_with_utc, CAST(? AS BOOLEAN) AS has_weeks,
    NULLIF(CAST(? AS BIGINT), 0) AS margin_millionths, CAST(? AS BIGINT) AS term_months, CAST(? AS INTEGER) AS dimension_values, CAST(? AS BIGINT) AS top_paths
FROM currencies AS c
WHERE c.currency = ?
