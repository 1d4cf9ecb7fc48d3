-- month_periods: one row per month of performance_amounts and period of several months in which it
-- lies, by its first day that is in the reporting period, and per month as a period.
CREATE TABLE month_periods AS
SELECT months.month, periods.period_key
FROM (SELECT DISTINCT month FROM performance_amounts) AS months
CROSS JOIN settings
-- One row per type of period.
INNER JOIN calendar_periods AS periods
    ON GREATEST(months.month, settings.from_day) BETWEEN periods.period_start AND periods.period_end
WHERE periods.period_type NOT IN ('all', 'week')
