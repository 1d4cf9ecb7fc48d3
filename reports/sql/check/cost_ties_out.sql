-- On both bases and under every model, cost by campaign and channel sums to the cost incurred in the period.
SELECT b.basis, b.model, b.cost, s.cost AS incurred
FROM (SELECT p.basis, p.model, SUM(p.cost) AS cost FROM performance AS p GROUP BY p.basis, p.model) AS b
CROSS JOIN (SELECT COALESCE(SUM(micros), 0) AS cost FROM cost_days WHERE in_period) AS s
WHERE b.cost <> s.cost
