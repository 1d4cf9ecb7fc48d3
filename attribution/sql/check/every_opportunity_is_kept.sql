-- Every opportunity of the input has one pipeline conversion, unless its creation is not known.
SELECT o.opportunity_id
FROM opportunities AS o
LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
GROUP BY o.opportunity_id, o.created_at
HAVING COUNT(c.conversion_key) IS DISTINCT FROM CASE WHEN o.created_at IS NULL THEN 0 ELSE 1 END
