-- Grain: table, check.
-- What was looked at in the data, and what was found: how grave it is, how many rows there are, and up to five of their keys, the
-- least first. A check that found nothing stands here too, as ok. Tables in the order of the input contract.
SELECT
    f.table_name AS "table",
    f.check_name AS "check",
    f.severity,
    f.found AS rows,
    f.examples,
    f.meaning
FROM findings AS f
ORDER BY f.position
