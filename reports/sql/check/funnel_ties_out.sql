-- The funnel counts the leads, opportunities and wins that performance credits in the period, and
-- their money, by month and in all, over its channels and in its rows (all).
WITH stages AS (
    SELECT stages.stage, types.conversion_type, types.name IN ('pipeline', 'revenue') AS has_money
    FROM funnel_stages AS stages
    INNER JOIN conversion_types AS types
        ON types.conversion_type = stages.conversion_type
        OR types.name = CASE stages.entered_at WHEN 'created' THEN 'pipeline' WHEN 'won' THEN 'revenue' END
),
shown AS (
    SELECT DISTINCT
        stages.conversion_type, stages.has_money, funnel.opportunity_type, funnel.cohort_month AS month,
        CASE WHEN funnel.channel = '(all)' THEN '(all)' ELSE 'channels' END AS part, funnel.channel, funnel.volume, funnel.value
    FROM report_funnel AS funnel
    INNER JOIN stages ON stages.stage = funnel.from_stage
),
by_month AS (
    SELECT part, conversion_type, has_money, opportunity_type, month, SUM(volume) AS volume, SUM(value) AS value
    FROM shown
    GROUP BY part, conversion_type, has_money, opportunity_type, month
),
by_day AS (
    SELECT
        conversion_type, opportunity_type, anchor_day, SUM(value_minor) AS value_minor,
        COUNT(CASE WHEN reverses_opportunity_id IS NULL THEN 1 END) AS units
    FROM conversions
    WHERE is_counted AND anchor_in_period
    GROUP BY conversion_type, opportunity_type, anchor_day
),
counted AS (
    SELECT
        by_day.conversion_type, by_day.opportunity_type, CAST(DATE_TRUNC('month', by_day.anchor_day) AS DATE) AS month,
        by_day.units, by_day.value_minor, stages.has_money
    FROM by_day
    INNER JOIN stages ON stages.conversion_type = by_day.conversion_type
),
expected AS (
    SELECT conversion_type, has_money, opportunity_type, month, SUM(units) AS volume, SUM(value_minor) AS value_minor
    FROM counted
    GROUP BY conversion_type, has_money, opportunity_type, month
    UNION ALL
    SELECT conversion_type, has_money, opportunity_type, NULL, SUM(units), SUM(value_minor)
    FROM counted
    GROUP BY conversion_type, has_money, opportunity_type
),
wanted AS (
    SELECT parts.part, expected.*
    FROM expected
    CROSS JOIN (VALUES ('(all)'), ('channels')) AS parts(part)
)
SELECT
    COALESCE(wanted.conversion_type, by_month.conversion_type) AS conversion_type,
    COALESCE(wanted.opportunity_type, by_month.opportunity_type) AS opportunity_type,
    COALESCE(wanted.month, by_month.month) AS month, wanted.volume AS converted, by_month.volume AS shown,
    wanted.value_minor AS converted_minor, by_month.value AS shown_value
FROM wanted
FULL OUTER JOIN by_month
    ON by_month.part = wanted.part AND by_month.conversion_type = wanted.conversion_type AND by_month.opportunity_type = wanted.opportunity_type
    AND by_month.month IS NOT DISTINCT FROM wanted.month
WHERE COALESCE(wanted.volume, 0) IS DISTINCT FROM COALESCE(by_month.volume, 0)
    OR (COALESCE(wanted.has_money, by_month.has_money)
        AND money(COALESCE(wanted.value_minor, 0)) IS DISTINCT FROM COALESCE(by_month.value, 0))
