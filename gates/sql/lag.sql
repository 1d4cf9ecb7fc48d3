-- The gate lag: a table ends long before the newest table, which means that its export is no longer
-- updated.
WITH now AS (
    SELECT m.table_name, MAX(m.n) OVER () - m.n AS days, m.n AS newest
    FROM measures AS m
    INNER JOIN measures AS r ON r.measure = 'rows' AND r.table_name = m.table_name AND r.n >= 200
    INNER JOIN gate_tables AS t ON t.table_name = m.table_name AND NOT t.is_occasional
    WHERE m.measure = 'newest' AND m.table_name IN ('touchpoints', 'costs', 'opportunities', 'stage_history')
),
before AS (
    SELECT table_name, MAX(n) OVER () - n AS days
    FROM baseline WHERE measure = 'newest' AND table_name IN (SELECT table_name FROM now)
)
SELECT n.table_name, NULL AS column_name, NULL AS period, 0 AS rows, n.days AS value, n.days - COALESCE(b.days, n.days) AS now,
    COALESCE(b.days, 0) AS before, 1 AS weight, NULL AS micros, CAST(DATE '1970-01-01' + CAST(n.newest AS INTEGER) AS VARCHAR) AS keys
FROM now AS n
LEFT JOIN before AS b ON b.table_name = n.table_name
WHERE n.days >= 31 OR (b.days IS NOT NULL AND n.days - b.days >= 31)
