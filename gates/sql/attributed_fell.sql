-- The gate attributed_fell: a smaller share of pipeline or revenue is attributed than in the last
-- published run.
SELECT NULL AS table_name, b.key AS column_name, NULL AS period, 0 AS rows, b.n / b.total - m.n / m.total AS value, m.n / m.total AS now,
    b.n / b.total AS before, 1 AS weight, CAST(ROUND(m.micros * (b.n / b.total - m.n / m.total)) AS HUGEINT) AS micros, NULL AS keys
FROM baseline AS b
INNER JOIN measures AS m ON m.measure = 'attributed' AND m.key = b.key
WHERE b.measure = 'attributed' AND b.total > 0 AND m.total > 0 AND b.n / b.total > m.n / m.total
