-- The gate file_twice: two files of a table have the same content, so its rows count twice.
SELECT table_name, NULL AS column_name, NULL AS period, SUM(rows_in) - MIN(rows_in) AS rows, 1 AS value, COUNT(*) AS now, 0 AS before,
    0 AS weight, NULL AS micros, STRING_AGG(file, CHR(31) ORDER BY file) AS keys
FROM input_files
WHERE rows_in > 0
GROUP BY table_name, sha256
HAVING COUNT(*) > 1
