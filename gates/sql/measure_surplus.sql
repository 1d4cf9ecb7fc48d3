-- Measures the rows of {table} that are complete copies of another row. Rows are compared in all
-- columns only if they are equal in a few of them, which is faster.
WITH repeated AS (
    SELECT HASH({columns}) AS hash FROM {from} GROUP BY hash HAVING COUNT(*) > 1
),
alike AS (
    SELECT t.* FROM {from} AS t SEMI JOIN repeated AS r ON r.hash = HASH({columns})
)
SELECT 'surplus', {table}, NULL, NULL, NULL,
    (SELECT COUNT(*) FROM alike) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM alike)), COUNT(*), NULL
FROM {from} HAVING COUNT(*) > 0
