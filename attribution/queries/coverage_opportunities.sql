-- One row: the number of opportunities, and how many of them have an account, roles, people
-- ({grouped}) and a journey.
WITH roles AS (SELECT DISTINCT opportunity_id FROM opportunity_contacts),
grouped AS ({grouped}),
followed AS (
    SELECT DISTINCT c.opportunity_key FROM journeys AS j
    INNER JOIN conversions AS c ON c.conversion_key = j.conversion_key
    WHERE j.touches > 0 AND c.opportunity_key IS NOT NULL
)
SELECT COUNT(*), COUNT(o.account_id), COUNT(r.opportunity_id), COUNT(g.opportunity_key), COUNT(f.opportunity_key)
FROM opportunity_facts AS o
LEFT JOIN roles AS r ON r.opportunity_id = o.opportunity_id
LEFT JOIN grouped AS g ON g.opportunity_key = o.opportunity_key
LEFT JOIN followed AS f ON f.opportunity_key = o.opportunity_key
