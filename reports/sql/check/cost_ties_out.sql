-- On both bases and under every model, cost by campaign and channel sums to the cost incurred in the period.
SELECT b.basis, b.model, b.cost, s.cost AS incurred
FROM (
    SELECT x.basis, m.model, COALESCE(SUM(p.cost), 0) AS cost
    FROM (SELECT 'period' AS basis UNION ALL SELECT 'cohort') AS x
    CROSS JOIN models AS m
    LEFT JOIN performance AS p ON p.basis = x.basis AND p.model = m.model
    GROUP BY x.basis, m.model
) AS b
CROSS JOIN (SELECT COALESCE(SUM(micros), 0) AS cost FROM cost_days WHERE in_period) AS s
WHERE b.cost <> s.cost
