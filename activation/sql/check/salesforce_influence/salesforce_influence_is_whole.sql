-- The shares of every opportunity in salesforce_influence and in salesforce_influence_remainder sum
-- to 1,000,000 millionths, and no opportunity is missing.
SELECT COALESCE(w.opportunity_id, s.opportunity_id) AS opportunity_id, s.millionths
FROM (
    SELECT c.opportunity_id
    FROM conversions AS c
    INNER JOIN activation_settings AS a ON a.conversion_type = c.conversion_type
    WHERE c.is_counted
) AS w
FULL JOIN (
    SELECT opportunity_id, SUM(millionths) AS millionths
    FROM activation_salesforce_influence
    GROUP BY opportunity_id
) AS s ON s.opportunity_id = w.opportunity_id
WHERE w.opportunity_id IS NULL OR s.millionths IS DISTINCT FROM 1000000
