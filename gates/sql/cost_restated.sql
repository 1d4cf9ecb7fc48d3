-- The gate cost_restated: the cost of days more than 30 days before as-of fell. Advertisers correct
-- only the newest days.
WITH fallen AS (
    SELECT b.period AS day, b.micros - COALESCE(m.micros, 0) AS micros
    FROM baseline AS b
    CROSS JOIN gate_settings AS g
    LEFT JOIN measures AS m ON m.measure = 'cost_day' AND m.period = b.period
    WHERE b.measure = 'cost_day' AND g.same_currency AND CAST(b.period AS DATE) < CAST(g.as_of AS DATE) - 30
        AND b.micros > COALESCE(m.micros, 0)
)
SELECT 'costs' AS table_name, 'amount' AS column_name,
    CASE WHEN MIN(day[1:7]) = MAX(day[1:7]) THEN MIN(day[1:7]) ELSE MIN(day[1:7]) || ' to ' || MAX(day[1:7]) END AS period,
    COUNT(*) AS rows, COUNT(*) AS value, COUNT(*) AS now, 0 AS before, 1 AS weight, SUM(micros) AS micros,
    MIN(day) || CHR(31) || MAX(day) AS keys
FROM fallen
HAVING COUNT(*) > 0
