-- grain: contact_id, one for each person
-- message: {person has|people have} contacts at several accounts: {the person belongs|they belong}
--   to the buying groups of all of them, and {is|are} shown under the account of the newest contact
-- severity: info
SELECT n.id AS key, 1 AS n FROM person_nodes AS n
INNER JOIN (
    SELECT MIN(node_key) AS node_key FROM person_records
    WHERE kind = 0 AND account_id IS NOT NULL
    GROUP BY person_key HAVING MIN(account_id) <> MAX(account_id)
) AS r ON r.node_key = n.node_key
