-- The gate file_gone: a file that the last published run read is missing, although an older file of
-- the table is still there. In a directory of daily files, this means that a day is missing. The
-- oldest files may go, because exports can cover a rolling period.
WITH gone AS (
    SELECT b.table_name, b.file, b.loaded
    FROM baseline_parts AS b
    ANTI JOIN input_parts AS n ON n.table_name = b.table_name AND n.file = b.file
    WHERE EXISTS (SELECT 1 FROM input_parts AS o WHERE o.table_name = b.table_name AND o.is_from = b.is_from AND o.file < b.file)
)
SELECT table_name, NULL AS column_name, NULL AS period, SUM(loaded) AS rows, COUNT(*) AS value, 0 AS now, COUNT(*) AS before,
    0 AS weight, NULL AS micros, STRING_AGG(file, CHR(31) ORDER BY file) AS keys
FROM gone GROUP BY table_name
