-- The gate table_gone: a table of the baseline is no longer given.
SELECT b.table_name, NULL AS column_name, NULL AS period, b.n AS rows, 1 AS value, 0 AS now, b.n AS before, 1 AS weight, b.micros, NULL AS keys
FROM baseline AS b
LEFT JOIN measures AS m ON m.measure = 'rows' AND m.table_name = b.table_name
WHERE b.measure = 'rows' AND b.n > 0 AND m.table_name IS NULL
