-- The people who are in a buying group: one row per person.
SELECT a.person_key FROM account_people AS a
SEMI JOIN opportunity_facts AS o ON o.account_id = a.account_id
WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_account)
UNION
SELECT r.person_key FROM role_persons AS r
SEMI JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id
WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_roles)
