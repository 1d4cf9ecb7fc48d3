-- Every person as the pass over journeys reads it, with the number of its touchpoints. The
-- parameter is the instant that means never.
WITH counted AS (SELECT person_key, SUM(touches) AS touches FROM touch_persons GROUP BY person_key)
SELECT
    p.person_key, COALESCE(p.lead_at_us, $1), COALESCE(p.lead_from_us, $1), COALESCE(p.lead_until_us, $1),
    p.excluded_reason, CAST(COALESCE(c.touches, 0) AS BIGINT)
FROM people AS p
LEFT JOIN counted AS c ON c.person_key = p.person_key
