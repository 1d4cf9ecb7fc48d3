-- report_period: one row: the first and the last day of the reporting period, NULL where it has no
-- bound, and the currency.
CREATE OR REPLACE TABLE report_period AS
SELECT
    CAST(NULLIF(?, '') AS DATE) AS period_start, CAST(NULLIF(?, '') AS DATE) AS period_end, settings.currency, settings.minor_per_unit
FROM settings
