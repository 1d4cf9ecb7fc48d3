-- The gate column_emptied: a column is gone, or fewer of its rows have a value than in the last
-- published run. The gate refuses the run if no value is left.
SELECT b.table_name, b.column_name, NULL AS period, CAST(ROUND(m.total * (b.n / b.total - m.n / m.total)) AS BIGINT) AS rows,
    b.n / b.total - m.n / m.total AS value, m.n / m.total AS now, b.n / b.total AS before,
    CASE WHEN g.n IS NULL OR (m.n = 0 AND b.n >= 20) THEN 1 WHEN b.column_name = 'amount' THEN (r.micros - COALESCE(w.micros, 0)) / NULLIF(r.micros, 0) ELSE 0 END AS weight,
    CASE WHEN b.column_name = 'amount' AND b.table_name = 'opportunities' THEN r.micros - COALESCE(w.micros, 0) END AS micros,
    CASE WHEN g.n IS NULL THEN 'gone' WHEN m.n = 0 AND b.n >= 20 THEN 'emptied' END AS keys
FROM baseline AS b
INNER JOIN measures AS m ON m.measure = 'filled' AND m.table_name = b.table_name AND m.column_name = b.column_name
LEFT JOIN (SELECT DISTINCT table_name, column_name, n FROM measures WHERE measure = 'given') AS g
    ON g.table_name = b.table_name AND g.column_name = b.column_name
LEFT JOIN baseline AS r ON r.measure = 'rows' AND r.table_name = b.table_name
LEFT JOIN measures AS w ON w.measure = 'rows' AND w.table_name = b.table_name
WHERE b.measure = 'filled' AND b.total > 0 AND m.total > 0 AND b.n / b.total > m.n / m.total
