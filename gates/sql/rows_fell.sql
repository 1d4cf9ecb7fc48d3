-- The gate rows_fell: a table has fewer rows than in the baseline, or more than 10 % fewer than in
-- one of the last ten runs. The second comparison finds losses that are too small each night for
-- the first one.
SELECT b.table_name, NULL AS column_name, NULL AS period, b.n - m.n AS rows, (b.n - m.n) / b.n AS value, m.n AS now, b.n AS before,
    CASE WHEN m.n = 0 THEN 1 ELSE COALESCE((b.micros - m.micros) / NULLIF(b.micros, 0), 0) END AS weight,
    CASE WHEN b.table_name IN ('opportunities', 'costs') THEN b.micros - m.micros END AS micros, b.run AS keys
FROM baselines AS b
INNER JOIN measures AS m ON m.measure = 'rows' AND m.table_name = b.table_name
WHERE b.measure = 'rows' AND b.n > m.n AND (b.position = 1 OR m.n < 0.9 * b.n)
QUALIFY ROW_NUMBER() OVER (PARTITION BY b.table_name ORDER BY m.n < 0.9 * b.n DESC, b.position) = 1
