-- grain: domain, by its least account_id
-- message: {account|accounts} with the domain of another account cannot be matched by e-mail
-- severity: info
WITH shared AS (SELECT MIN(account_id) AS key, COUNT(*) AS n FROM domain_owners GROUP BY domain HAVING COUNT(*) > 1)
SELECT key, SUM(n) AS n FROM shared GROUP BY key
