-- grain: person_id
-- message: {person|people} entered an earlier stage of the funnel after a later one; the first
--   entry to each stage counts
-- severity: info
WITH entries AS (
    SELECT p.person_key, p.position, LAG(p.position) OVER (PARTITION BY p.person_key ORDER BY p.entered_us, p.position) AS previous
    FROM person_stages AS p
    INNER JOIN funnel_stages AS s ON s.position = p.position AND s.unit = 'person'
),
back AS (SELECT DISTINCT person_key FROM entries WHERE position < previous)
SELECT p.person_id AS key, 1 AS n FROM back AS b INNER JOIN people AS p ON p.person_key = b.person_key
