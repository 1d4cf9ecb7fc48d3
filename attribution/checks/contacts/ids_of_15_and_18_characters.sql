-- grain: id of 15 characters
-- message: lead or contact {id occurs|ids occur} with both 15 and 18 characters: ids are compared
--   byte by byte, so the two forms are different people
-- severity: warning
-- remedy: export all ids in one form, best with 18 characters
SELECT a.id AS key, COUNT(*) AS n FROM person_nodes AS a
INNER JOIN person_nodes AS b ON b.kind = a.kind AND LENGTH(a.id) = 15 AND LENGTH(b.id) = 18 AND SUBSTR(b.id, 1, 15) = a.id
GROUP BY a.id
