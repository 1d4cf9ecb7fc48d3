-- grain: opportunity_id
-- message: {opportunity has|opportunities have} shares in crm_influence that add up to less than
--   100 %; reports do not scale them
-- severity: info
SELECT opportunity_id AS key, 1 AS n FROM crm_influence GROUP BY opportunity_id HAVING COUNT(amount_minor) = 0 AND SUM(share_micros) < 1000000
