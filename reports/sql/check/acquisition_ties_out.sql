-- In customer_acquisition, the channels of each period add up to the company, the periods of each
-- type to the whole, and its cost is what was incurred in the reporting period.
WITH sums AS (
    SELECT
        period_type, period_start,
        (
            SUM(cost) FILTER (WHERE channel = '(all)'), SUM(provisional_cost) FILTER (WHERE channel = '(all)'),
            SUM(new_customers) FILTER (WHERE channel = '(all)'), SUM(first_revenue) FILTER (WHERE channel = '(all)')
        ) AS company,
        (
            COALESCE(SUM(cost) FILTER (WHERE channel <> '(all)'), 0), COALESCE(SUM(provisional_cost) FILTER (WHERE channel <> '(all)'), 0),
            COALESCE(SUM(new_customers) FILTER (WHERE channel <> '(all)'), 0), COALESCE(SUM(first_revenue) FILTER (WHERE channel <> '(all)'), 0)
        ) AS channels
    FROM report_customer_acquisition
    GROUP BY period_type, period_start
),
types AS (
    SELECT period_type, (SUM(cost), SUM(provisional_cost), SUM(new_customers), SUM(first_revenue)) AS company
    FROM report_customer_acquisition
    WHERE channel = '(all)'
    GROUP BY period_type
),
incurred AS (
    SELECT COALESCE(SUM(micros), 0) AS cost FROM cost_days WHERE in_period
)
SELECT 'channels' AS part, period_type, CAST(period_start AS VARCHAR) AS period_start
FROM sums
WHERE company IS DISTINCT FROM channels
UNION ALL
SELECT 'periods', types.period_type, NULL
FROM types
LEFT JOIN types AS whole ON whole.period_type = 'all'
WHERE types.company IS DISTINCT FROM whole.company
UNION ALL
SELECT 'cost', 'all', NULL
FROM incurred
LEFT JOIN types ON types.period_type = 'all'
WHERE CAST(COALESCE(STRUCT_EXTRACT(types.company, 1), 0) * 1000000 AS HUGEINT) IS DISTINCT FROM incurred.cost
