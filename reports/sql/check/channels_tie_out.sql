-- On the basis period, credit by campaign and channel sums to the conversions of the period, under every model.
WITH credited AS (
    SELECT opportunity_type, model, SUM(pipeline) AS pipeline, SUM(revenue) AS revenue, SUM(opportunities) AS opportunities, SUM(won) AS won
    FROM performance
    WHERE basis = 'period'
    GROUP BY opportunity_type, model
),
expected AS (
    SELECT
        c.opportunity_type, m.model,
        COALESCE(SUM(CASE WHEN c.conversion_type = 0 THEN CAST(c.value_minor AS HUGEINT) END), 0) AS pipeline,
        COALESCE(SUM(CASE WHEN c.conversion_type = 1 THEN CAST(c.value_minor AS HUGEINT) END), 0) AS revenue,
        SUM(CASE WHEN c.conversion_type = 0 AND c.reverses_opportunity_id IS NULL THEN 1000000 ELSE 0 END) AS opportunities,
        SUM(CASE WHEN c.conversion_type = 1 AND c.reverses_opportunity_id IS NULL THEN 1000000 ELSE 0 END) AS won
    FROM conversions AS c
    CROSS JOIN models AS m
    WHERE c.is_counted AND c.anchor_in_period
    GROUP BY c.opportunity_type, m.model
)
SELECT COALESCE(e.opportunity_type, c.opportunity_type) AS opportunity_type, COALESCE(e.model, c.model) AS model
FROM expected AS e
FULL OUTER JOIN credited AS c ON c.opportunity_type = e.opportunity_type AND c.model = e.model
WHERE COALESCE(e.pipeline, 0) <> COALESCE(c.pipeline, 0) OR COALESCE(e.revenue, 0) <> COALESCE(c.revenue, 0)
    OR COALESCE(e.opportunities, 0) <> COALESCE(c.opportunities, 0) OR COALESCE(e.won, 0) <> COALESCE(c.won, 0)
