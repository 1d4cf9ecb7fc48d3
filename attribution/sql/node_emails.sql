-- node_emails: one row per lead or contact with an e-mail.
CREATE TABLE node_emails AS
SELECT e.email_key, n.node_key
FROM contacts AS c
INNER JOIN emails AS e ON e.email = c.email
INNER JOIN person_nodes AS n ON n.id = c.contact_id AND n.kind = 0
UNION ALL
SELECT e.email_key, n.node_key
FROM leads AS l
INNER JOIN emails AS e ON e.email = l.email
INNER JOIN person_nodes AS n ON n.id = l.lead_id AND n.kind = 1
