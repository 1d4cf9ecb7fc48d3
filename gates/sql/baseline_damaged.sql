-- The gate baseline_damaged. A run that this one should be held against is not as it was published.
-- Others take its place.
SELECT NULL AS table_name, NULL AS column_name, NULL AS period, COUNT(*) AS rows, COUNT(*) AS value, COUNT(*) AS now, 0 AS before, 0 AS weight,
    NULL AS micros, STRING_AGG('run ' || run || ' (' || what || ')', CHR(31) ORDER BY run DESC) AS keys
FROM damaged_runs
HAVING COUNT(*) > 0
