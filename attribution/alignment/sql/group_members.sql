-- group_members: one row per opportunity and person of its buying group. Whatever the setting
-- buying_group is, these are the persons with roles or, without any, the persons of the account.
CREATE TABLE group_members AS
WITH roles AS (
    SELECT DISTINCT opportunities.opportunity_key, role_persons.person_key
    FROM role_persons
    INNER JOIN opportunity_labels AS opportunities ON opportunities.opportunity_id = role_persons.opportunity_id
)
SELECT opportunity_key, person_key, TRUE AS has_role
FROM roles
UNION ALL
SELECT DISTINCT opportunities.opportunity_key, members.person_key, FALSE
FROM opportunity_labels AS opportunities
INNER JOIN account_people AS members ON members.account_id = opportunities.account_id
WHERE opportunities.opportunity_key NOT IN (SELECT opportunity_key FROM roles)
