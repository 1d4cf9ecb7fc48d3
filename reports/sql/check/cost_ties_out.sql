-- On both bases and under every model, cost by campaign and channel sums to the cost incurred in
-- the period, and the provisional part of it to the days that are provisional.
WITH booked AS (
    SELECT
        slices.basis, slices.model,
        COALESCE(SUM(amounts.amount) FILTER (WHERE amounts.measure = 'cost'), 0) AS cost,
        COALESCE(SUM(amounts.amount) FILTER (WHERE amounts.measure = 'provisional_cost'), 0) AS provisional
    FROM performance_slices AS slices
    LEFT JOIN performance_amounts AS amounts ON amounts.slice_key = slices.slice_key
    GROUP BY slices.basis, slices.model
),
incurred AS (
    SELECT COALESCE(SUM(micros), 0) AS cost, COALESCE(SUM(micros) FILTER (WHERE is_provisional), 0) AS provisional
    FROM cost_days
    WHERE in_period
)
SELECT booked.basis, booked.model, booked.cost, incurred.cost AS incurred, booked.provisional, incurred.provisional AS incurred_provisional
FROM booked
CROSS JOIN incurred
WHERE (booked.cost, booked.provisional) IS DISTINCT FROM (incurred.cost, incurred.provisional)
