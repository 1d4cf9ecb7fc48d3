-- Every opportunity of the input has one pipeline conversion.
SELECT o.opportunity_id
FROM opportunities AS o
LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
GROUP BY o.opportunity_id
HAVING COUNT(c.conversion_key) <> 1
