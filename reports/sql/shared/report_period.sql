-- report_period: one row with the first and the last day of the reporting period (NULL if it has no
-- bound), the currency, and the margin in millionths (NULL if none is given).
CREATE OR REPLACE TABLE report_period AS
SELECT
    CAST(NULLIF(?, '') AS DATE) AS period_start, CAST(NULLIF(?, '') AS DATE) AS period_end, settings.currency, settings.minor_per_unit,
    settings.margin_millionths
FROM settings
