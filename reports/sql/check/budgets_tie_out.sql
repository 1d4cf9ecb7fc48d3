-- The cost of the campaigns of budgets is all cost up to as-of that names a campaign.
WITH shown AS (
    SELECT CAST(COALESCE(SUM(cost), 0) * 1000000 AS HUGEINT) AS cost FROM report_budgets
),
incurred AS (
    SELECT COALESCE(SUM(micros), 0) AS cost FROM cost_days WHERE campaign_key > 0
)
SELECT shown.cost AS shown, incurred.cost AS incurred
FROM shown
CROSS JOIN incurred
WHERE shown.cost IS DISTINCT FROM incurred.cost
