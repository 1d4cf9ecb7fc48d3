-- email_persons: one row per e-mail that names exactly one person.
CREATE TABLE email_persons AS
SELECT e.email_key, MIN(n.person_key) AS person_key
FROM node_emails AS e
INNER JOIN email_facts AS f ON f.email_key = e.email_key AND f.joins
INNER JOIN node_persons AS n ON n.node_key = e.node_key
GROUP BY e.email_key
HAVING COUNT(DISTINCT n.person_key) = 1
UNION ALL
SELECT email_key, person_key
FROM person_keys
WHERE email_key IS NOT NULL
