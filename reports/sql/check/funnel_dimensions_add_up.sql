-- The values of each dimension of funnel_dimensions add up to the funnel over all channels, in
-- all periods; and the quarters of segments and personas add up to all periods.
WITH dimensions AS (
    SELECT * FROM (VALUES ('segment'), ('persona'), ('campaign')) AS v(dimension)
),
expected AS (
    SELECT
        dimensions.dimension, 'all' AS period_type, funnel.opportunity_type, funnel.from_stage, COALESCE(funnel.to_stage, '(last)') AS to_stage,
        funnel.volume, funnel.skipped, funnel.cohort, funnel.converted, funnel.already, funnel.velocity_n, funnel.value, funnel.converted_value
    FROM report_funnel AS funnel
    CROSS JOIN dimensions
    WHERE funnel.cohort_month IS NULL AND funnel.channel = '(all)'
),
wanted AS (
    SELECT * FROM expected
    UNION ALL
    SELECT * REPLACE ('quarter' AS period_type) FROM expected WHERE dimension <> 'campaign'
),
shown AS (
    SELECT
        dimension, period_type, opportunity_type, from_stage, COALESCE(to_stage, '(last)') AS to_stage,
        SUM(volume) AS volume, SUM(skipped) AS skipped, SUM(cohort) AS cohort, SUM(converted) AS converted,
        SUM(already) AS already, SUM(velocity_n) AS velocity_n, SUM(value) AS value, SUM(converted_value) AS converted_value
    FROM report_funnel_dimensions
    GROUP BY dimension, period_type, opportunity_type, from_stage, COALESCE(to_stage, '(last)')
)
SELECT
    dimension, period_type, opportunity_type, from_stage, to_stage, wanted.cohort, shown.cohort AS shown_cohort,
    wanted.converted, shown.converted AS shown_converted, wanted.value, shown.value AS shown_value
FROM wanted
FULL OUTER JOIN shown USING (dimension, period_type, opportunity_type, from_stage, to_stage)
WHERE wanted.volume IS DISTINCT FROM shown.volume OR wanted.skipped IS DISTINCT FROM shown.skipped
    OR wanted.cohort IS DISTINCT FROM shown.cohort OR wanted.converted IS DISTINCT FROM shown.converted
    OR wanted.already IS DISTINCT FROM shown.already OR wanted.velocity_n IS DISTINCT FROM shown.velocity_n
    OR wanted.value IS DISTINCT FROM shown.value OR wanted.converted_value IS DISTINCT FROM shown.converted_value
ORDER BY dimension, period_type, opportunity_type, from_stage, to_stage
