-- One row per id of the input that names a person.
SELECT CASE nodes.kind WHEN 0 THEN 'contact' WHEN 1 THEN 'lead' ELSE 'anonymous' END AS kind, nodes.id, people.person_id
FROM node_persons AS nodes
INNER JOIN people ON people.person_key = nodes.person_key
ORDER BY nodes.kind, nodes.id
