-- On the basis period, credit by campaign, channel and month adds up to the conversions of the
-- period, under every model.
WITH credited AS (
    SELECT slices.opportunity_type, slices.model, amounts.month, amounts.measure, SUM(amounts.amount) AS amount
    FROM performance_amounts AS amounts
    INNER JOIN performance_slices AS slices ON slices.slice_key = amounts.slice_key AND slices.basis = 'period'
    WHERE amounts.measure NOT IN ('cost', 'provisional_cost')
    GROUP BY slices.opportunity_type, slices.model, amounts.month, amounts.measure
),
by_day AS (
    SELECT
        opportunity_type, conversion_type, anchor_day, is_open, SUM(value_minor) AS minor,
        COUNT(CASE WHEN reverses_opportunity_id IS NULL THEN 1 END) AS units
    FROM conversions
    WHERE is_counted AND anchor_in_period
    GROUP BY opportunity_type, conversion_type, anchor_day, is_open
),
counted AS (
    SELECT
        by_day.opportunity_type, CAST(DATE_TRUNC('month', by_day.anchor_day) AS DATE) AS month, measures.measure,
        SUM(CASE measures.counts WHEN 'minor' THEN COALESCE(by_day.minor, 0) ELSE by_day.units * 1000000 END) AS amount
    FROM by_day
    INNER JOIN performance_measures AS measures
        ON measures.conversion_type = by_day.conversion_type AND (by_day.is_open OR NOT measures.only_open)
    GROUP BY by_day.opportunity_type, CAST(DATE_TRUNC('month', by_day.anchor_day) AS DATE), measures.measure
),
expected AS (
    SELECT counted.opportunity_type, models.model, counted.month, counted.measure, counted.amount
    FROM counted
    CROSS JOIN models
)
SELECT
    opportunity_type, model, month, measure, expected.amount AS expected, credited.amount AS credited
FROM expected
FULL OUTER JOIN credited USING (opportunity_type, model, month, measure)
WHERE COALESCE(expected.amount, 0) IS DISTINCT FROM COALESCE(credited.amount, 0)
