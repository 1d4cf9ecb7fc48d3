-- Measures the rows of {table}, its rows by month, and its newest day, in whole days since 1970,
-- rounded down. Days after as-of are ignored for the newest day, because a date in the future does
-- not show how fresh a table is. Rows are grouped by day first, which is fast; months are sums of
-- days. {late} is the number of rows after as-of that were set aside; they count as rows too.
WITH days AS (
    SELECT (EPOCH_US({date}) + 86400000000 * 1000000) // 86400000000 - 1000000 AS day, COUNT(*) AS n, {weight} AS micros,
        COUNT(*) FILTER (WHERE {date} <= (SELECT as_of FROM gate_settings)) AS past
    FROM {from}
    GROUP BY day
),
months AS (
    SELECT STRFTIME(DATE '1970-01-01' + CAST(day AS INTEGER), '%Y-%m') AS month, n, micros FROM days
)
SELECT 'rows', {table}, NULL, NULL, NULL, COALESCE(SUM(n), 0) + {late}, NULL, SUM(micros) FROM days
UNION ALL
SELECT 'month', {table}, NULL, NULL, month, SUM(n), NULL, SUM(micros) FROM months WHERE month IS NOT NULL GROUP BY month
UNION ALL
SELECT 'newest', {table}, NULL, NULL, NULL, MAX(day) FILTER (WHERE past > 0), SUM(past), NULL FROM days HAVING SUM(past) > 0
