-- Every measure of performance, those of further stages included, adds up to the same in every
-- grain of a report.
WITH sums AS (
    SELECT slice_key, measure, grain, SUM(amount) AS amount
    FROM performance_totals
    GROUP BY slice_key, measure, grain
)
SELECT slice_key, measure
FROM sums
GROUP BY slice_key, measure
HAVING COUNT(*) <> 6 OR COUNT(DISTINCT amount) <> 1 OR COUNT(amount) <> 6
