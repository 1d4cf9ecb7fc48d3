-- Finds numbers above {units} units, and numbers above {medians} times the median of their group if
-- it has at least {enough} numbers. {numbers} is a query for the key, the group of the median, the
-- number, and how many of it make a unit.
WITH numbers AS (SELECT n.key, n.grouped_by, ABS(n.number) AS number, n.per_unit FROM ({numbers}) AS n WHERE n.number <> 0),
-- A median is at least the least number. Groups in which no number can be above the limits are left
-- out here, because medians are slow.
suspects AS (
    SELECT grouped_by FROM numbers GROUP BY grouped_by
    HAVING MAX(number) > MIN(number) * {medians} OR MAX(number) > CAST({units} AS HUGEINT) * MIN(per_unit)
),
medians AS (
    SELECT n.grouped_by, QUANTILE_DISC(n.number, 0.5) AS median, COUNT(*) AS n
    FROM numbers AS n SEMI JOIN suspects AS s ON s.grouped_by = n.grouped_by
    GROUP BY n.grouped_by
)
SELECT n.key, COUNT(*) AS n
FROM numbers AS n
INNER JOIN medians AS m ON m.grouped_by = n.grouped_by
WHERE n.number > CAST({units} AS HUGEINT) * n.per_unit OR (m.n >= {enough} AND n.number > m.median * {medians})
GROUP BY n.key
