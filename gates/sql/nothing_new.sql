-- The gate nothing_new: every file is the same as in the last published run, so nothing new was
-- delivered.
SELECT NULL AS table_name, NULL AS column_name, NULL AS period, 0 AS rows, 1 AS value, COUNT(*) AS now, COUNT(*) AS before, 0 AS weight,
    NULL AS micros, NULL AS keys
FROM (SELECT table_name, sha256, COUNT(*) AS n FROM input_files GROUP BY ALL) AS f
FULL JOIN (SELECT table_name, sha256, COUNT(*) AS n FROM baseline_files GROUP BY ALL) AS b
    ON b.table_name = f.table_name AND b.sha256 = f.sha256 AND b.n = f.n
HAVING COUNT(CASE WHEN f.n IS NULL OR b.n IS NULL THEN 1 END) = 0
