-- grain: anonymous id
-- message: anonymous {id is|ids are} linked to several people and joined to none of them;
--   {its|their} touchpoints belong to no known person
-- severity: warning
SELECT n.id AS key, 1 AS n FROM anonymous_conflicts AS c INNER JOIN person_nodes AS n ON n.node_key = c.node_key
