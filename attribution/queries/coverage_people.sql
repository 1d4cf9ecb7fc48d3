-- One row: the number of people, and how many of them have a record ({recorded}), an account, a
-- touchpoint, and a place in a buying group ({grouped}).
WITH recorded AS ({recorded}),
touched AS (SELECT DISTINCT person_key FROM touch_persons),
grouped AS ({grouped})
SELECT COUNT(*), COUNT(r.person_key), COUNT(p.account_id), COUNT(t.person_key), COUNT(g.person_key)
FROM people AS p
LEFT JOIN recorded AS r ON r.person_key = p.person_key
LEFT JOIN touched AS t ON t.person_key = p.person_key
LEFT JOIN grouped AS g ON g.person_key = p.person_key
