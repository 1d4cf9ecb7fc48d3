-- One row per e-mail that belongs to several linked people and per person of them.
SELECT DISTINCT emails.email, people.person_id
FROM email_conflicts AS conflicts
INNER JOIN emails ON emails.email_key = conflicts.email_key
INNER JOIN node_emails ON node_emails.email_key = conflicts.email_key
INNER JOIN node_persons ON node_persons.node_key = node_emails.node_key
INNER JOIN people ON people.person_key = node_persons.person_key
ORDER BY emails.email, people.person_id
