-- One row per id, e-mail and name that is near $1, at most 200 of them, the nearest first.
WITH names AS (
    SELECT person_id AS name FROM people
    UNION SELECT id FROM person_ids
    UNION SELECT email FROM contacts
    UNION SELECT email FROM leads
    UNION SELECT account_id FROM accounts
    UNION SELECT name FROM accounts
)
SELECT name
FROM names
WHERE name IS NOT NULL AND LENGTH($1) <= 100 AND (
    STARTS_WITH(LOWER(name), LOWER($1)) OR STARTS_WITH(LOWER($1), LOWER(name)) OR ABS(LENGTH(name) - LENGTH($1)) <= GREATEST(2, LENGTH($1) // 3)
)
ORDER BY DAMERAU_LEVENSHTEIN(LOWER(LEFT(name, 100)), LOWER($1)), name
LIMIT 200
