-- On the basis period, credit by campaign, channel and month sums to the conversions of the period, under every model.
WITH credited AS (
    SELECT
        opportunity_type, model, month, SUM(pipeline) AS pipeline, SUM(revenue) AS revenue,
        SUM(opportunities) AS opportunities, SUM(won) AS won, {{all_stages ", " "SUM(UNITS) AS UNITS"}}
    FROM performance
    WHERE basis = 'period'
    GROUP BY opportunity_type, model, month
),
by_day AS (
    SELECT
        opportunity_type, conversion_type, anchor_day, SUM(value_minor) AS value_minor,
        COUNT(CASE WHEN reverses_opportunity_id IS NULL THEN 1 END) AS units
    FROM conversions
    WHERE is_counted AND anchor_in_period
    GROUP BY opportunity_type, conversion_type, anchor_day
),
counted AS (
    SELECT
        opportunity_type, CAST(DATE_TRUNC('month', anchor_day) AS DATE) AS month,
        SUM(CASE WHEN conversion_type = 0 THEN value_minor ELSE 0 END) AS pipeline,
        SUM(CASE WHEN conversion_type = 1 THEN value_minor ELSE 0 END) AS revenue,
        SUM(CASE WHEN conversion_type = 0 THEN units ELSE 0 END) * 1000000 AS opportunities,
        SUM(CASE WHEN conversion_type = 1 THEN units ELSE 0 END) * 1000000 AS won,
        {{all_stages ",\n        " "SUM(CASE WHEN conversion_type = TYPE THEN units ELSE 0 END) * 1000000 AS UNITS"}}
    FROM by_day
    GROUP BY opportunity_type, CAST(DATE_TRUNC('month', anchor_day) AS DATE)
),
expected AS (
    SELECT
        c.opportunity_type, m.model, c.month, c.pipeline, c.revenue, c.opportunities, c.won, {{all_stages ", " "c.UNITS"}}
    FROM counted AS c
    CROSS JOIN models AS m
)
SELECT
    COALESCE(e.opportunity_type, c.opportunity_type) AS opportunity_type, COALESCE(e.model, c.model) AS model,
    COALESCE(e.month, c.month) AS month
FROM expected AS e
FULL OUTER JOIN credited AS c ON c.opportunity_type = e.opportunity_type AND c.model = e.model AND c.month = e.month
WHERE COALESCE(e.pipeline, 0) <> COALESCE(c.pipeline, 0) OR COALESCE(e.revenue, 0) <> COALESCE(c.revenue, 0)
    OR COALESCE(e.opportunities, 0) <> COALESCE(c.opportunities, 0) OR COALESCE(e.won, 0) <> COALESCE(c.won, 0)
    {{all_stages "\n    " "OR COALESCE(e.UNITS, 0) <> COALESCE(c.UNITS, 0)"}}
