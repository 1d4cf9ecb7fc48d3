-- node_persons: one row per id of person_nodes, with its person.
CREATE TABLE node_persons AS
SELECT n.node_key, n.kind, n.id, p.person_key
FROM person_nodes AS n
INNER JOIN node_groups AS g ON g.node_key = n.node_key
INNER JOIN person_keys AS p ON p.group_node = g.group_node
