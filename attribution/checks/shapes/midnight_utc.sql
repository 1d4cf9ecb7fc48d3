-- Finds a column of 20 or more times that are all at midnight UTC, although days of the reporting
-- time zone begin at another time. {where} leaves out dates without a time.
SELECT CAST(NULL AS VARCHAR) AS key, COUNT(*) AS n
FROM {table} AS t CROSS JOIN settings AS g
WHERE t.{column} IS NOT NULL AND {where} AND NOT g.days_begin_with_utc
HAVING COUNT(*) >= 20 AND COUNT(*) = COUNT(CASE WHEN t.{column} = DATE_TRUNC('day', t.{column}) THEN 1 END)
