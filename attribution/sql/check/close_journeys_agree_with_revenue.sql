-- The journey of a won opportunity to its close has as many touchpoints as the journey of its
-- revenue.
SELECT c.opportunity_key, k.touches, j.touches AS revenue_touches
FROM opportunity_closes AS c
INNER JOIN conversions AS v ON v.opportunity_key = c.opportunity_key AND v.conversion_type = 1
LEFT JOIN close_journeys AS k ON k.opportunity_key = c.opportunity_key
LEFT JOIN journeys AS j ON j.conversion_key = v.conversion_key
WHERE c.outcome = 'won' AND k.touches IS DISTINCT FROM j.touches
