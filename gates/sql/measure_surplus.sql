-- Measures the rows of {table} that repeat another one. Only rows that are alike in a few columns are
-- compared in all.
WITH repeated AS (
    SELECT HASH({columns}) AS hash FROM {from} GROUP BY hash HAVING COUNT(*) > 1
),
alike AS (
    SELECT t.* FROM {from} AS t SEMI JOIN repeated AS r ON r.hash = HASH({columns})
)
SELECT 'surplus', {table}, NULL, NULL, NULL,
    (SELECT COUNT(*) FROM alike) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM alike)), COUNT(*), NULL
FROM {from} HAVING COUNT(*) > 0
