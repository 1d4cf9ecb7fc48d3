-- The gate rows_rose: a table has more rows than in the baseline.
SELECT m.table_name, NULL AS column_name, NULL AS period, m.n - b.n AS rows, (m.n - b.n) / b.n AS value, m.n AS now, b.n AS before,
    COALESCE((m.micros - b.micros) / NULLIF(b.micros, 0), 0) AS weight,
    CASE WHEN b.table_name IN ('opportunities', 'costs') THEN m.micros - b.micros END AS micros, NULL AS keys
FROM measures AS m
INNER JOIN baseline AS b ON b.measure = 'rows' AND b.table_name = m.table_name AND b.n > 0
WHERE m.measure = 'rows' AND m.n > b.n
