-- The gate baseline_damaged: a published run that would be compared with this one was changed after
-- it was published. Older runs take its place.
SELECT NULL AS table_name, NULL AS column_name, NULL AS period, COUNT(*) AS rows, COUNT(*) AS value, COUNT(*) AS now, 0 AS before, 0 AS weight,
    NULL AS micros, STRING_AGG('run ' || run || ' (' || what || ')', CHR(31) ORDER BY run DESC) AS keys
FROM damaged_runs
HAVING COUNT(*) > 0
