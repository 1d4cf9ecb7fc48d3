-- The days of every cost in the reporting currency that ended by as-of sum to its amount.
SELECT a.total AS in_costs, b.total AS in_days
FROM (
    SELECT COALESCE(SUM(CAST(k.amount_micros AS HUGEINT)), 0) AS total
    FROM costs AS k
    CROSS JOIN settings AS g
    WHERE k.currency = g.currency AND k.ends_on <= g.as_of_day
) AS a
CROSS JOIN (
    SELECT COALESCE(SUM(d.micros), 0) AS total
    FROM cost_days AS d
    CROSS JOIN settings AS g
    WHERE d.cost_currency = g.currency AND d.ends_on <= g.as_of_day
) AS b
WHERE a.total IS DISTINCT FROM b.total
