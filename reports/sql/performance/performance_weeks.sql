-- performance_weeks: one row per slice (basis, opportunity type and model), week, channel and
-- measure: performance_amounts by week instead of month, and without campaigns. Empty if the run
-- leaves out weeks.
CREATE TABLE performance_weeks AS
WITH weeks AS (
    SELECT calendar_periods.period_key, calendar_periods.period_start, calendar_periods.period_end
    FROM calendar_periods
    CROSS JOIN settings
    WHERE calendar_periods.period_type = 'week' AND settings.has_weeks
),
-- Weeks of credit begin before the reporting period where it begins within a week.
credited AS (
    SELECT
        slices.slice_key, weeks.period_key, credit.channel_key, measures.measure,
        SUM(CASE measures.counts WHEN 'minor' THEN credit.minor ELSE credit.millionths END) AS amount
    FROM week_credit AS credit
    CROSS JOIN settings
    INNER JOIN weeks ON GREATEST(credit.week, settings.from_day) BETWEEN weeks.period_start AND weeks.period_end
    INNER JOIN performance_slices AS slices
        ON slices.basis = credit.basis AND slices.opportunity_type = credit.opportunity_type AND slices.model = credit.model
    INNER JOIN performance_measures AS measures
        ON measures.conversion_type = credit.conversion_type AND (credit.is_open OR NOT measures.only_open)
    GROUP BY slices.slice_key, weeks.period_key, credit.channel_key, measures.measure
),
spent AS (
    SELECT
        weeks.period_key, cost_days.channel_key,
        COALESCE(SUM(cost_days.micros), 0) AS micros, SUM(cost_days.micros) FILTER (WHERE cost_days.is_provisional) AS provisional_micros
    FROM cost_days
    INNER JOIN weeks ON cost_days.day BETWEEN weeks.period_start AND weeks.period_end
    WHERE cost_days.in_period
    GROUP BY weeks.period_key, cost_days.channel_key
)
SELECT slice_key, period_key, channel_key, measure, whole(amount) AS amount
FROM credited
UNION ALL
SELECT slices.slice_key, spent.period_key, spent.channel_key, CAST(parts.measure AS performance_measure), parts.micros
FROM spent
INNER JOIN performance_slices AS slices ON slices.opportunity_type = 'new_business'
CROSS JOIN LATERAL (VALUES ('cost', spent.micros), ('provisional_cost', spent.provisional_micros)) AS parts(measure, micros)
WHERE parts.micros IS NOT NULL
