-- One row per id of the input that names a person.
SELECT CASE n.kind WHEN 0 THEN 'contact' WHEN 1 THEN 'lead' ELSE 'anonymous' END AS kind, n.id, p.person_id
FROM node_persons AS n
INNER JOIN people AS p ON p.person_key = n.person_key
ORDER BY n.kind, n.id
