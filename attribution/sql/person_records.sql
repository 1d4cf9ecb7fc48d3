-- person_records: one row per lead or contact: a row of record_nodes, with its person.
CREATE TABLE person_records AS
SELECT p.person_key, r.node_key, r.kind, r.email_key, r.account_id, r.created_us, r.created_from_us
FROM record_nodes AS r
INNER JOIN node_persons AS p ON p.node_key = r.node_key
