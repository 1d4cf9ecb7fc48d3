-- The gate quarantine_rose: more rows are in the quarantine than in the last published run. The
-- limits of the configuration key quarantine are checked elsewhere.
SELECT m.table_name, NULL AS column_name, NULL AS period, m.n - COALESCE(b.n, 0) AS rows, m.n AS value, m.n AS now, COALESCE(b.n, 0) AS before,
    0 AS weight, NULL AS micros, NULL AS keys
FROM measures AS m
LEFT JOIN baseline AS b ON b.measure = 'quarantined' AND b.table_name = m.table_name
WHERE m.measure = 'quarantined' AND m.n > COALESCE(b.n, 0)
