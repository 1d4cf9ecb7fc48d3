-- The gate source_fell: one of several files or sources of a table has fewer rows than in the
-- baseline, although the table as a whole may have grown. Tables with one file are left to
-- rows_fell.
WITH parts AS (
    SELECT table_name, file, is_from, SUM(loaded) AS loaded, COUNT(*) OVER (PARTITION BY table_name) AS parts
    FROM input_parts GROUP BY table_name, file, is_from
),
before AS (
    SELECT table_name, file, is_from, SUM(loaded) AS loaded FROM baseline_parts GROUP BY table_name, file, is_from
)
SELECT n.table_name, NULL AS column_name, NULL AS period, b.loaded - n.loaded AS rows, (b.loaded - n.loaded) / b.loaded AS value,
    n.loaded AS now, b.loaded AS before, 0 AS weight, NULL AS micros, n.file AS keys
FROM parts AS n
INNER JOIN before AS b ON b.table_name = n.table_name AND b.file = n.file AND b.is_from = n.is_from
WHERE n.parts > 1 AND b.loaded > n.loaded
QUALIFY ROW_NUMBER() OVER (PARTITION BY n.table_name ORDER BY (b.loaded - n.loaded) / b.loaded DESC, n.file) = 1
