-- Every measure of performance, those of further stages included, adds up to the same in every
-- grain of a report, and in the periods of every type: months, quarters, years, fiscal ones, and
-- weeks if the run has them.
WITH types AS (
    SELECT DISTINCT calendar_periods.period_type
    FROM calendar_periods
    CROSS JOIN settings
    WHERE calendar_periods.period_type <> 'week' OR settings.has_weeks
),
expected AS (
    SELECT COUNT(*) + COUNT(CASE WHEN period_type <> 'all' THEN 1 END) + 3 AS sums FROM types
),
sums AS (
    SELECT totals.slice_key, totals.measure, totals.grain, periods.period_type, SUM(totals.amount) AS amount
    FROM performance_totals AS totals
    INNER JOIN calendar_periods AS periods ON periods.period_key = totals.period_key
    GROUP BY totals.slice_key, totals.measure, totals.grain, periods.period_type
)
SELECT sums.slice_key, sums.measure
FROM sums
CROSS JOIN expected
GROUP BY sums.slice_key, sums.measure, expected.sums
HAVING COUNT(*) IS DISTINCT FROM expected.sums OR COUNT(DISTINCT sums.amount) IS DISTINCT FROM 1 OR COUNT(sums.amount) IS DISTINCT FROM expected.sums
