-- grain: id, at most three
-- The ids that were probably meant by $1, the nearest first: a person whose id was given without
-- its kind, an id in other letters or of which $1 is the beginning (Salesforce writes the same id
-- with 15 or 18 characters), or one that few edits turn into it. Letter case does not count.
WITH ids AS (
    SELECT DISTINCT opportunity_id AS id, lower(opportunity_id) AS plain, NULL AS bare FROM conversions WHERE opportunity_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT kind || ':' || id, lower(kind || ':' || id), lower(id) FROM person_ids
),
near AS (
    SELECT
        id,
        CASE
            WHEN plain = lower($1) OR bare = lower($1) THEN 0
            WHEN length($1) >= 3 AND (starts_with(plain, lower($1)) OR length(plain) >= 15 AND starts_with(lower($1), plain)) THEN 1
            WHEN abs(length(plain) - length($1)) <= 2 THEN 1 + damerau_levenshtein(plain, lower($1))
        END AS distance
    FROM ids
)
SELECT id
FROM near
WHERE distance <= 1 + greatest(1, length($1) // 6)
ORDER BY distance, id
LIMIT 3
