-- On both bases and under every model, cost by campaign and channel sums to the cost incurred in
-- the period.
WITH booked AS (
    SELECT slices.basis, slices.model, COALESCE(SUM(amounts.amount), 0) AS cost
    FROM performance_slices AS slices
    LEFT JOIN performance_amounts AS amounts ON amounts.slice_key = slices.slice_key AND amounts.measure = 'cost'
    GROUP BY slices.basis, slices.model
),
incurred AS (
    SELECT COALESCE(SUM(micros), 0) AS cost
    FROM cost_days
    WHERE in_period
)
SELECT booked.basis, booked.model, booked.cost, incurred.cost AS incurred
FROM booked
CROSS JOIN incurred
WHERE booked.cost IS DISTINCT FROM incurred.cost
