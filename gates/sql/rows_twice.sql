-- The gate rows_twice: rows of a table without a key are complete copies of other rows. A few
-- copies are normal; a file that was read twice makes every row a copy.
SELECT s.table_name, NULL AS column_name, NULL AS period, s.n AS rows, s.n / s.total AS value, s.n AS now, COALESCE(b.n, 0) AS before,
    0 AS weight, NULL AS micros, NULL AS keys
FROM measures AS s
LEFT JOIN baseline AS b ON b.measure = 'surplus' AND b.table_name = s.table_name
WHERE s.measure = 'surplus' AND s.n > 0
    AND (s.n > COALESCE(b.n, 0) OR s.n / s.total >= 0.2)
