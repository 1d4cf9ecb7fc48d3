-- grain: opportunity_id
-- message: {opportunity has|opportunities have} shares in crm_influence that add up to more than
--   100 %; reports do not scale them
-- severity: warning
-- remedy: check whether the file has several attribution models or the same rows twice
SELECT opportunity_id AS key, 1 AS n FROM crm_influence GROUP BY opportunity_id HAVING COUNT(amount_minor) = 0 AND SUM(share_micros) > 1000000
