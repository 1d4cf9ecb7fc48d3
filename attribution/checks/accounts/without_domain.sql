-- grain: account_id
-- message: {account|accounts} without a domain cannot be matched by e-mail, unless account_domains
--   names one
-- severity: info
SELECT account_id AS key, 1 AS n
FROM accounts
WHERE domain IS NULL
