-- email_persons: one row per e-mail that belongs to exactly one person.
CREATE TABLE email_persons AS
SELECT r.email_key, MIN(r.person_key) AS person_key
FROM person_records AS r
INNER JOIN email_facts AS f ON f.email_key = r.email_key AND f.joins
GROUP BY r.email_key
HAVING MIN(r.person_key) = MAX(r.person_key)
UNION ALL
SELECT email_key, person_key
FROM person_keys
WHERE email_key IS NOT NULL
