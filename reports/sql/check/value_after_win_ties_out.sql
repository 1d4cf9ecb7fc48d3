-- Under every model the channels of value_after_win add up to the customers of the reporting period, to
-- their first wins and to what they brought later, to the minor unit; without a first day, the rows
-- of all months add up to all revenue of expansion and renewal and to all reversals.
WITH bounds AS (
    SELECT * FROM (VALUES (3, '3'), (6, '6'), (12, '12'), (24, '24'), (NULL, '(all)')) AS v(months, label)
),
shown AS (
    SELECT
        model, months, SUM(customers) AS customers, SUM(first_win) AS first_win, SUM(expansion) AS expansion, SUM(renewal) AS renewal,
        SUM(churn) AS churn, SUM(net) AS net
    FROM report_value_after_win
    WHERE channel NOT IN ('(acquired before the data)', '(no account)')
    GROUP BY model, months
),
acquired AS (
    SELECT bounds.label AS months, COUNT(*) * 1000000 AS customers, SUM(CAST(COALESCE(wins.value_minor, 0) AS HUGEINT)) AS first_win
    FROM customers
    INNER JOIN bounds ON bounds.months IS NULL OR customers.months_seen >= bounds.months
    INNER JOIN conversions AS wins ON wins.conversion_key = customers.conversion_key
    WHERE customers.in_period
    GROUP BY bounds.label
),
bought AS (
    SELECT
        bounds.label AS months,
        SUM(CASE WHEN sales.kind = 'expansion' THEN CAST(sales.value_minor AS HUGEINT) ELSE 0 END) AS expansion,
        SUM(CASE WHEN sales.kind = 'renewal' THEN CAST(sales.value_minor AS HUGEINT) ELSE 0 END) AS renewal,
        SUM(CASE WHEN sales.kind = 'churn' THEN CAST(sales.value_minor AS HUGEINT) ELSE 0 END) AS churn
    FROM later_sales AS sales
    INNER JOIN customers ON customers.conversion_key = sales.acquired_key AND customers.in_period
    INNER JOIN bounds ON bounds.months IS NULL OR (customers.months_seen >= bounds.months AND sales.within_months <= bounds.months)
    GROUP BY bounds.label
),
expected AS (
    SELECT
        models.model, acquired.months, acquired.customers, acquired.first_win, COALESCE(bought.expansion, 0) AS expansion,
        COALESCE(bought.renewal, 0) AS renewal, COALESCE(bought.churn, 0) AS churn
    FROM models
    CROSS JOIN acquired
    LEFT JOIN bought ON bought.months = acquired.months
),
everything AS (
    SELECT
        COALESCE(SUM(CAST(conversions.value_minor AS HUGEINT)), 0) AS net
    FROM conversions
    WHERE conversions.conversion_type = 1 AND conversions.is_counted AND conversions.opportunity_type <> 'other'
        AND (conversions.opportunity_type <> 'new_business' OR conversions.reverses_opportunity_id IS NOT NULL)
        -- of the customers acquired after the period, nothing is shown
        AND conversions.conversion_key NOT IN (
            SELECT sales.conversion_key
            FROM later_sales AS sales
            INNER JOIN customers ON customers.conversion_key = sales.acquired_key AND NOT customers.in_period
        )
)
SELECT COALESCE(expected.model, shown.model) AS model, COALESCE(expected.months, shown.months) AS months, expected.customers, shown.net
FROM expected
FULL OUTER JOIN shown ON shown.model = expected.model AND shown.months = expected.months
WHERE shown.customers IS DISTINCT FROM units(expected.customers) OR shown.first_win IS DISTINCT FROM money(expected.first_win)
    OR shown.expansion IS DISTINCT FROM money(expected.expansion) OR shown.renewal IS DISTINCT FROM money(expected.renewal)
    OR shown.churn IS DISTINCT FROM money(expected.churn)
    OR shown.net IS DISTINCT FROM money(expected.expansion + expected.renewal + expected.churn)
UNION ALL
SELECT models.model, '(everything)', NULL, COALESCE(whole.net, 0)
FROM models
CROSS JOIN everything
CROSS JOIN report_period
LEFT JOIN (
    SELECT model, SUM(net) AS net FROM report_value_after_win WHERE months = '(all)' GROUP BY model
) AS whole ON whole.model = models.model
WHERE report_period.period_start IS NULL AND COALESCE(whole.net, 0) IS DISTINCT FROM money(everything.net)
