-- The rows of a table by segment of control totals and currency. {rows} is the query for the rows
-- of the table, {at} the condition that a row is in a segment.
WITH answers AS (
    SELECT NULL AS day, NULL AS us, NULL AS currency, 0 AS n, NULL AS micros, NULL AS reporting_micros, FALSE AS unpriced WHERE FALSE
    UNION ALL BY NAME SELECT * FROM ({rows}) AS rows_of_table
)
SELECT
    s.segment, COALESCE(x.currency, ''), CAST(SUM(x.n) AS BIGINT), CAST(COALESCE(SUM(CAST(x.micros AS HUGEINT)), 0) AS VARCHAR),
    CAST(COALESCE(SUM(CAST(x.reporting_micros AS HUGEINT)), 0) AS VARCHAR), COALESCE(BOOL_OR(x.unpriced), FALSE)
FROM answers AS x
INNER JOIN control_segments AS s ON {at}
GROUP BY ALL ORDER BY ALL
