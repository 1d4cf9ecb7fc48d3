-- On the basis period, credit by campaign, channel and month sums to the conversions of the period, under every model.
WITH credited AS (
    SELECT
        opportunity_type, model, month, SUM(pipeline) AS pipeline, SUM(revenue) AS revenue,
        SUM(opportunities) AS opportunities, SUM(won) AS won, {{all_stages ", " "SUM(UNITS) AS UNITS"}}
    FROM performance
    WHERE basis = 'period'
    GROUP BY opportunity_type, model, month
),
counted AS (
    SELECT
        opportunity_type, conversion_type, CAST(DATE_TRUNC('month', anchor_day) AS DATE) AS month,
        CAST(COALESCE(value_minor, 0) AS HUGEINT) AS value_minor,
        CASE WHEN reverses_opportunity_id IS NULL THEN 1000000 ELSE 0 END AS millionths
    FROM conversions
    WHERE is_counted AND anchor_in_period
),
expected AS (
    SELECT
        c.opportunity_type, m.model, c.month,
        SUM(CASE WHEN c.conversion_type = 0 THEN c.value_minor ELSE 0 END) AS pipeline,
        SUM(CASE WHEN c.conversion_type = 1 THEN c.value_minor ELSE 0 END) AS revenue,
        SUM(CASE WHEN c.conversion_type = 0 THEN c.millionths ELSE 0 END) AS opportunities,
        SUM(CASE WHEN c.conversion_type = 1 THEN c.millionths ELSE 0 END) AS won,
        {{all_stages ",\n        " "SUM(CASE WHEN c.conversion_type = TYPE THEN c.millionths ELSE 0 END) AS UNITS"}}
    FROM counted AS c
    CROSS JOIN models AS m
    GROUP BY c.opportunity_type, m.model, c.month
)
SELECT
    COALESCE(e.opportunity_type, c.opportunity_type) AS opportunity_type, COALESCE(e.model, c.model) AS model,
    COALESCE(e.month, c.month) AS month
FROM expected AS e
FULL OUTER JOIN credited AS c ON c.opportunity_type = e.opportunity_type AND c.model = e.model AND c.month = e.month
WHERE COALESCE(e.pipeline, 0) <> COALESCE(c.pipeline, 0) OR COALESCE(e.revenue, 0) <> COALESCE(c.revenue, 0)
    OR COALESCE(e.opportunities, 0) <> COALESCE(c.opportunities, 0) OR COALESCE(e.won, 0) <> COALESCE(c.won, 0)
    {{all_stages "\n    " "OR COALESCE(e.UNITS, 0) <> COALESCE(c.UNITS, 0)"}}
