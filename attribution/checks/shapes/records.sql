-- The records of contacts or leads ({kind} of person_nodes: 0 or 1), with their e-mails and
-- persons.
SELECT n.id, r.email_key, r.created_from_us, f.domain, f.joins, f.domain_matches, f.own_domain, p.account_id, p.lead_at_us, g.as_of_us, g.contacts_are_leads
FROM person_records AS r
INNER JOIN person_nodes AS n ON n.node_key = r.node_key
INNER JOIN people AS p ON p.person_key = r.person_key
CROSS JOIN settings AS g
LEFT JOIN email_facts AS f ON f.email_key = r.email_key
WHERE r.kind = {kind}
