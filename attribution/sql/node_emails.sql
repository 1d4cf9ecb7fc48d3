-- node_emails: one row per lead or contact with an e-mail.
CREATE VIEW node_emails AS
SELECT email_key, node_key
FROM record_nodes
WHERE email_key IS NOT NULL
