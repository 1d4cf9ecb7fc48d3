-- performance_amounts: one row per slice (basis, opportunity type and model), month, campaign,
-- channel and measure: what was credited, beside what was spent. Basis period takes credit whose
-- conversion is in the reporting period, and dates it by the conversion. Basis cohort takes credit
-- whose touchpoint is in the period, and dates it by the touchpoint; credit that no touchpoint
-- earned is dated by its conversion. Cost is what was incurred in the period. It is on the rows of
-- new business, under every model and on both bases, and so is the part of it that is provisional.
CREATE TABLE performance_amounts AS
WITH credited AS (
    SELECT
        slices.slice_key, cube.month, cube.campaign_key, cube.channel_key, measures.measure,
        SUM(CASE measures.counts WHEN 'minor' THEN cube.minor ELSE cube.millionths END) AS amount
    FROM cube
    INNER JOIN performance_slices AS slices
        ON slices.basis = cube.basis AND slices.opportunity_type = cube.opportunity_type AND slices.model = cube.model
    INNER JOIN performance_measures AS measures
        ON measures.conversion_type = cube.conversion_type AND (cube.is_open OR NOT measures.only_open)
    WHERE cube.month IS NOT NULL
    GROUP BY slices.slice_key, cube.month, cube.campaign_key, cube.channel_key, measures.measure
),
spent AS (
    SELECT
        CAST(DATE_TRUNC('month', day) AS DATE) AS month, campaign_key, channel_key,
        COALESCE(SUM(micros), 0) AS micros, SUM(micros) FILTER (WHERE is_provisional) AS provisional_micros
    FROM cost_days
    WHERE in_period
    GROUP BY CAST(DATE_TRUNC('month', day) AS DATE), campaign_key, channel_key
)
SELECT slice_key, month, campaign_key, channel_key, measure, whole(amount) AS amount
FROM credited
UNION ALL
SELECT slices.slice_key, spent.month, spent.campaign_key, spent.channel_key, CAST(parts.measure AS performance_measure), parts.micros
FROM spent
INNER JOIN performance_slices AS slices ON slices.opportunity_type = 'new_business'
CROSS JOIN LATERAL (VALUES ('cost', spent.micros), ('provisional_cost', spent.provisional_micros)) AS parts(measure, micros)
WHERE parts.micros IS NOT NULL
