-- person_keys: one row per person; person_key is dense, from 0. A person with records or ids is
-- identified by its first node: contacts before leads before anonymous ids. A person who is known
-- only from the e-mail of touchpoints is identified by that e-mail. An e-mail that belongs to
-- several persons, or that joins no records (role mailboxes, texts that are no address), is a
-- person of its own.
CREATE TABLE person_keys AS
WITH email_owners AS (
    SELECT e.email_key, MIN(g.group_node) AS group_node
    FROM node_emails AS e
    INNER JOIN email_facts AS f ON f.email_key = e.email_key AND f.joins
    INNER JOIN node_groups AS g ON g.node_key = e.node_key
    GROUP BY e.email_key
    HAVING COUNT(DISTINCT g.group_node) = 1
),
touch_emails AS (
    SELECT DISTINCT e.email_key
    FROM touch_names AS t
    INNER JOIN emails AS e ON e.email = t.email
    WHERE t.contact_id IS NULL AND t.lead_id IS NULL
),
persons AS (
    SELECT DISTINCT group_node, CAST(NULL AS BIGINT) AS email_key FROM node_groups
    UNION ALL
    SELECT NULL, t.email_key
    FROM touch_emails AS t
    LEFT JOIN email_owners AS o ON o.email_key = t.email_key
    WHERE o.email_key IS NULL
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY group_node NULLS LAST, email_key NULLS LAST) - 1 AS BIGINT) AS person_key,
    group_node,
    email_key
FROM persons
