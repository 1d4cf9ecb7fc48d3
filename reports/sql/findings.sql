-- Grain: code, table, column, period.
-- Every finding: how grave it is, the number that fired it with the limit and what the baseline had, the money that depends on it in
-- the reporting currency, what it says, what to do, and the SELECT that shows its rows. The gravest first; it depends on earlier runs.
SELECT
    f.code,
    f.published_severity AS severity,
    f.table_name AS "table",
    f.column_name AS "column",
    f.period,
    f.found AS rows,
    CAST(f.value AS DECIMAL(24, 6)) AS value,
    CAST(f.limit_value AS DECIMAL(24, 6)) AS "limit",
    CAST(f.baseline AS DECIMAL(24, 6)) AS baseline,
    f.baseline_run,
    CAST(f.money AS DECIMAL(38, 6)) AS money,
    g.currency,
    f.examples,
    f.message,
    f.remedy,
    f.known_since,
    f.query
FROM findings AS f
CROSS JOIN settings AS g
WHERE f.is_said
ORDER BY CASE f.published_severity WHEN 'refuse' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, f.position
