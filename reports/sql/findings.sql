-- grain: code, table, column, period
-- Everything that looks wrong or has changed, the most serious first: the number that caused the finding with its limit and
-- baseline, the money that depends on it, what to do, and a SELECT that shows its rows. It depends on earlier runs.
-- columns:
--   code | text | stable name of the finding
--   severity | text | `info`, `warn` or `refuse`
--   table | text | where it was found
--   column | text | where it was found
--   period | text | where it was found
--   rows | rows | number of rows concerned
--   value | depends on the code | the measured number
--   limit | as `value` | the limit that it passed
--   baseline | as `value` | the same number in an earlier run
--   baseline_run | run id | the run that the input was compared with
--   money | money, 6 decimals | the money that depends on it, in the reporting currency, if it can be computed
--   currency | text | the reporting currency
--   examples | keys | at most five keys, never an e-mail
--   message | text | what happened
--   remedy | text | what to do
--   known_since | run id | for warnings: the first run of the unbroken series in which it was found
--   query | text | one SELECT that shows the rows
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
