-- grain: code, table, column, period
-- Everything that looks wrong or has changed, the most serious first: the number that caused the
-- finding with its limit and baseline, the money that depends on it, what to do, and a SELECT that
-- shows its rows. It depends on earlier runs.
-- shows: severity, code, rows, money, message, remedy, examples, table, column, period, value,
--   limit
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
--   money | money, 6 decimals | the money that depends on it, in the reporting currency, if it can
--     be computed
--   currency | text | the reporting currency
--   examples | keys | at most five keys, never an e-mail
--   message | text | what happened
--   remedy | text | what to do
--   known_since | run id | for warnings: the first run of the unbroken series in which it was found
--   query | text | one SELECT that shows the rows
SELECT
    findings.code,
    findings.published_severity AS severity,
    findings.table_name AS "table",
    findings.column_name AS "column",
    findings.period,
    findings.found AS rows,
    CAST(findings.value AS DECIMAL(24, 6)) AS value,
    CAST(findings.limit_value AS DECIMAL(24, 6)) AS "limit",
    CAST(findings.baseline AS DECIMAL(24, 6)) AS baseline,
    findings.baseline_run,
    CAST(findings.money AS DECIMAL(38, 6)) AS money,
    settings.currency,
    findings.examples,
    findings.message,
    findings.remedy,
    findings.known_since,
    findings.query
FROM findings
CROSS JOIN settings
WHERE findings.is_reported
ORDER BY CASE findings.published_severity WHEN 'refuse' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, findings.position
