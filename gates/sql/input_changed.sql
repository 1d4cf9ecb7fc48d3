-- The gate input_changed: how the number of rows of each table changed since the last published
-- run, and the opportunities whose amount or month of the win changed. Only tables with a new,
-- changed or missing file are listed.
WITH files AS (
    SELECT DISTINCT COALESCE(f.table_name, b.table_name) AS table_name
    FROM input_files AS f
    FULL JOIN baseline_files AS b ON b.table_name = f.table_name AND b.sha256 = f.sha256
    WHERE f.sha256 IS NULL OR b.sha256 IS NULL
),
tables AS (
    SELECT f.table_name, COALESCE(m.n, 0) - COALESCE(b.n, 0) AS n
    FROM files AS f
    LEFT JOIN measures AS m ON m.measure = 'rows' AND m.table_name = f.table_name
    LEFT JOIN baseline AS b ON b.measure = 'rows' AND b.table_name = f.table_name
),
deals AS (
    SELECT COUNT(CASE WHEN b.micros <> m.micros AND g.same_currency THEN 1 END) AS revalued,
        COUNT(CASE WHEN b.period IS NULL AND m.period IS NOT NULL THEN 1 END) AS won,
        SUM(CASE WHEN m.period IS NOT NULL THEN m.micros ELSE 0 END) - SUM(CASE WHEN b.period IS NOT NULL THEN b.micros ELSE 0 END) AS micros,
        STRING_AGG(CASE WHEN b.micros <> m.micros AND g.same_currency THEN m.key END, CHR(30) ORDER BY ABS(m.micros - b.micros) DESC, m.key) AS ids,
        MIN(g.same_currency) AS same_currency
    FROM (SELECT * FROM baseline WHERE measure = 'deal') AS b
    FULL JOIN (SELECT * FROM measures WHERE measure = 'deal') AS m ON m.key = b.key
    CROSS JOIN gate_settings AS g
)
SELECT NULL AS table_name, NULL AS column_name, NULL AS period, SUM(ABS(t.n)) AS rows, COUNT(*) AS value, d.revalued AS now, d.won AS before,
    0 AS weight, CASE WHEN d.same_currency THEN d.micros END AS micros,
    STRING_AGG(t.table_name || ' ' || CASE WHEN t.n > 0 THEN '+' ELSE '' END || t.n, CHR(31) ORDER BY t.table_name) || CHR(31) || COALESCE(d.ids, '') AS keys
FROM tables AS t CROSS JOIN deals AS d
GROUP BY d.revalued, d.won, d.micros, d.ids, d.same_currency
