-- funnel_steps: one row per opportunity of new business, with the step of its buying group whose persons go through the funnel with
-- it: the first one that has any.
CREATE OR REPLACE TABLE funnel_steps AS
SELECT b.opportunity_key, MIN(b.step) AS step
FROM buying_groups AS b
INNER JOIN opportunity_facts AS o ON o.opportunity_key = b.opportunity_key AND o.opportunity_type = 'new_business'
GROUP BY b.opportunity_key
