-- The gate share_fell, for columns ({not} is NOT) and for journeys ({not} is empty): a share is
-- lower than in the baseline, or at least 10 points lower than in one of the last ten runs.
SELECT b.table_name, b.column_name, NULL AS period, CAST(ROUND(m.total * (b.n / b.total - m.n / m.total)) AS BIGINT) AS rows,
    b.n / b.total - m.n / m.total AS value, m.n / m.total AS now, b.n / b.total AS before,
    CASE WHEN b.key = 'with_touches' THEN 1 ELSE 0 END AS weight, NULL AS micros, b.key || CHR(31) || b.run AS keys
FROM baselines AS b
INNER JOIN measures AS m ON m.measure = 'share' AND m.table_name = b.table_name AND m.key = b.key
WHERE b.measure = 'share' AND b.total > 0 AND m.total > 0 AND b.n / b.total > m.n / m.total AND b.column_name IS {not} NULL
    AND (b.position = 1 OR b.n / b.total - m.n / m.total >= 0.1)
QUALIFY ROW_NUMBER() OVER (PARTITION BY b.table_name, b.key ORDER BY b.n / b.total - m.n / m.total >= 0.1 DESC, b.position) = 1
