-- The gate file_gone. A file that the last run read, and that is not there any more, although an
-- older one is: of a directory of daily files, a day is missing. The oldest files of an export that
-- rolls may go.
WITH gone AS (
    SELECT b.table_name, b.file, b.loaded
    FROM baseline_parts AS b
    ANTI JOIN input_parts AS n ON n.table_name = b.table_name AND n.file = b.file
    WHERE EXISTS (SELECT 1 FROM input_parts AS o WHERE o.table_name = b.table_name AND o.is_from = b.is_from AND o.file < b.file)
)
SELECT table_name, NULL AS column_name, NULL AS period, SUM(loaded) AS rows, COUNT(*) AS value, 0 AS now, COUNT(*) AS before,
    0 AS weight, NULL AS micros, STRING_AGG(file, CHR(31) ORDER BY file) AS keys
FROM gone GROUP BY table_name
