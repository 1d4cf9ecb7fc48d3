-- id_forms: one row per table and pair of forms of an id: that of unknown_references and that of
-- the other table, with the number of rows that have the first one. {known} lists the ids of the
-- other tables with their plain form; {plain} is the plain form of key.
CREATE OR REPLACE TABLE id_forms AS
WITH missing AS (
    SELECT reference, table_name, other, key, n, {plain} AS plain FROM unknown_references
),
known AS (
    {known}
),
met AS (
    SELECT m.table_name, m.reference, m.key, m.n, MIN(k.id) AS id
    FROM missing AS m
    INNER JOIN known AS k ON k.other = m.other AND k.plain = m.plain
    GROUP BY m.table_name, m.reference, m.key, m.n HAVING COUNT(DISTINCT k.id) = 1
)
SELECT table_name, key || ' / ' || id AS forms, SUM(n) AS n FROM met GROUP BY table_name, key || ' / ' || id
