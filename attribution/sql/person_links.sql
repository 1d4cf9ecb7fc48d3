-- person_links: one row per explicit statement of the input that two ids are the same person.
-- from_identity_map marks the directed edges of identity_map, in which a cycle is an error.
CREATE TABLE person_links AS
SELECT f.node_key AS from_node, t.node_key AS to_node, TRUE AS from_identity_map
FROM identity_map AS m
INNER JOIN person_nodes AS f ON f.id = m.from_id AND f.kind = CASE m.kind WHEN 'lead' THEN 1 WHEN 'anonymous' THEN 2 ELSE 0 END
INNER JOIN person_nodes AS t ON t.id = m.to_id AND t.kind = CASE m.to_kind WHEN 'lead' THEN 1 ELSE 0 END
UNION ALL
SELECT f.node_key, t.node_key, FALSE
FROM leads AS l
INNER JOIN person_nodes AS f ON f.id = l.lead_id AND f.kind = 1
INNER JOIN person_nodes AS t ON t.id = l.converted_contact_id AND t.kind = 0
