-- One row per person that $1 names, by a person id, an id of its records or visits, or an e-mail.
SELECT person_id FROM people WHERE person_id = $1
UNION
SELECT person_id FROM person_ids WHERE (id = $1 OR kind || ':' || id = $1) AND person_id <> 'account:' || id
UNION
SELECT person_id FROM people WHERE person_id = 'email:' || LOWER(TRIM($1))
UNION
SELECT i.person_id
FROM contacts AS c
INNER JOIN person_ids AS i ON i.kind = 'contact' AND i.id = c.contact_id
WHERE c.email = LOWER(TRIM(REGEXP_REPLACE($1, '^email:', '')))
UNION
SELECT i.person_id
FROM leads AS l
INNER JOIN person_ids AS i ON i.kind = 'lead' AND i.id = l.lead_id
WHERE l.email = LOWER(TRIM(REGEXP_REPLACE($1, '^email:', '')))
ORDER BY person_id
