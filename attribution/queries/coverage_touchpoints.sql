-- One row: the number of touchpoints, and how many of them belong to a person with a record
-- ({recorded}), to one with an account, to one in a buying group ({grouped}), and to a journey of
-- an opportunity.
WITH recorded AS ({recorded}),
grouped AS ({grouped})
SELECT
    CAST(COALESCE(SUM(t.touches), 0) AS BIGINT),
    CAST(COALESCE(SUM(CASE WHEN r.person_key IS NOT NULL THEN t.touches END), 0) AS BIGINT),
    CAST(COALESCE(SUM(CASE WHEN p.account_id IS NOT NULL THEN t.touches END), 0) AS BIGINT),
    CAST(COALESCE(SUM(CASE WHEN g.person_key IS NOT NULL THEN t.touches END), 0) AS BIGINT),
    (SELECT in_opportunities FROM touch_totals)
FROM touch_persons AS t
INNER JOIN people AS p ON p.person_key = t.person_key
LEFT JOIN recorded AS r ON r.person_key = t.person_key
LEFT JOIN grouped AS g ON g.person_key = t.person_key
