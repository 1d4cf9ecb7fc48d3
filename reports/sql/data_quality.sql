-- Grain: table, check.
-- What was looked at in the data, and what was found: how grave it is, how many rows there are, and up to five of their keys, the
-- least first. A check that found nothing stands here too, as ok. Tables in the order of the input contract. It is a view of the
-- findings: of a check that found several things in one table, the gravest stands for all.
WITH ranked AS (
    SELECT
        f.*,
        SUM(f.found) OVER (PARTITION BY f.table_name, f.check_name) AS found_in_all,
        MIN(f.position) OVER (PARTITION BY f.table_name, f.check_name) AS first_position,
        ROW_NUMBER() OVER (
            PARTITION BY f.table_name, f.check_name
            ORDER BY
                CASE f.severity WHEN 'refuse' THEN 0 WHEN 'error' THEN 1 WHEN 'warning' THEN 2 WHEN 'info' THEN 3 ELSE 4 END,
                f.position
        ) AS choice
    FROM findings AS f
)
SELECT
    r.table_name AS "table",
    r.check_name AS "check",
    r.severity,
    CAST(r.found_in_all AS BIGINT) AS rows,
    r.examples,
    r.meaning
FROM ranked AS r
WHERE r.choice = 1
ORDER BY r.first_position
