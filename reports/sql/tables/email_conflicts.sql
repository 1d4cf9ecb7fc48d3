-- One row per e-mail that belongs to several linked people, and person.
SELECT DISTINCT e.email, p.person_id
FROM email_conflicts AS c
INNER JOIN emails AS e ON e.email_key = c.email_key
INNER JOIN node_emails AS n ON n.email_key = c.email_key
INNER JOIN node_persons AS r ON r.node_key = n.node_key
INNER JOIN people AS p ON p.person_key = r.person_key
ORDER BY e.email, p.person_id
