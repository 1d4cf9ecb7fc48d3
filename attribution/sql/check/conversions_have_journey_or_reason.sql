-- Every counted conversion has either a journey or one reason why it has none, and no other
-- conversion has either.
WITH broken AS (
    SELECT c.conversion_key
    FROM conversions AS c
    LEFT JOIN (
        SELECT conversion_key, COALESCE(touches, 0) > 0 AS has_touches, reason IS NOT NULL AS has_reason FROM journeys
    ) AS j ON j.conversion_key = c.conversion_key
    WHERE c.is_counted IS DISTINCT FROM (j.conversion_key IS NOT NULL)
        OR (c.is_counted AND j.has_touches = j.has_reason)
)
SELECT c.conversion_key, c.opportunity_id, c.is_counted, j.touches, j.reason
FROM broken AS b
INNER JOIN conversions AS c ON c.conversion_key = b.conversion_key
LEFT JOIN journeys AS j ON j.conversion_key = b.conversion_key
