-- Every counted conversion has either a journey or one reason why it has none, and no other conversion has either.
SELECT c.conversion_key, c.opportunity_id, c.is_counted, j.touches, j.reason
FROM conversions AS c
LEFT JOIN journeys AS j ON j.conversion_key = c.conversion_key
WHERE c.is_counted <> (j.conversion_key IS NOT NULL)
    OR (c.is_counted AND (j.touches > 0) = (j.reason IS NOT NULL))
