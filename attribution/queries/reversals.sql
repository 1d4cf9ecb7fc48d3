-- The counted conversions that reverse another counted one of their type, with that one.
SELECT CAST(r.conversion_key AS INTEGER), CAST(o.conversion_key AS INTEGER)
FROM conversions AS r
INNER JOIN conversions AS o ON o.opportunity_id = r.reverses_opportunity_id AND o.conversion_type = r.conversion_type
WHERE r.is_counted AND o.is_counted
ORDER BY 1
