-- The gate stale: the newest row of a table is older than the configuration key freshness allows.
-- It is the only gate that uses the clock of the machine.
SELECT m.table_name, NULL AS column_name, NULL AS period, 0 AS rows,
    DATE_DIFF('day', DATE '1970-01-01', CAST(g.clock AS DATE)) - m.n AS value, t.fresh_days AS now, 0 AS before, 1 AS weight, NULL AS micros,
    CAST(DATE '1970-01-01' + CAST(m.n AS INTEGER) AS VARCHAR) AS keys
FROM measures AS m
INNER JOIN gate_tables AS t ON t.table_name = m.table_name
CROSS JOIN gate_settings AS g
WHERE m.measure = 'newest' AND DATE_DIFF('day', DATE '1970-01-01', CAST(g.clock AS DATE)) - m.n > t.fresh_days
