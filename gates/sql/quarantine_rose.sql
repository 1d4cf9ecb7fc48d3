-- The gate quarantine_rose. More rows are in the quarantine than before. Above its limit the run is
-- refused for the input contract.
SELECT m.table_name, NULL AS column_name, NULL AS period, m.n - COALESCE(b.n, 0) AS rows, m.n AS value, m.n AS now, COALESCE(b.n, 0) AS before,
    0 AS weight, NULL AS micros, NULL AS keys
FROM measures AS m
LEFT JOIN baseline AS b ON b.measure = 'quarantined' AND b.table_name = m.table_name
WHERE m.measure = 'quarantined' AND m.n > COALESCE(b.n, 0)
