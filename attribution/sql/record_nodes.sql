-- record_nodes: one row per lead or contact: its node, its e-mail and account (NULL if it has
-- none), and when it was created. Of a date without a time, created_from_us and created_us are the
-- beginning and the end of the day; otherwise both are the instant. kind is that of person_nodes.
CREATE TABLE record_nodes AS
WITH records AS (
    SELECT 0 AS kind, contact_id AS id, email, account_id, EPOCH_US(created_at) AS created_us, created_at_span_us AS span_us
    FROM contacts
    UNION ALL
    SELECT 1, lead_id, email, account_id, EPOCH_US(created_at), created_at_span_us
    FROM leads
)
SELECT n.node_key, n.kind, e.email_key, r.account_id, r.created_us, r.created_us - r.span_us AS created_from_us
FROM records AS r
INNER JOIN person_nodes AS n ON n.id = r.id AND n.kind = r.kind
LEFT JOIN emails AS e ON e.email = r.email
