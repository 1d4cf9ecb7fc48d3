-- The opportunities with at least one person in a buying group: one row per opportunity.
WITH by_account AS (
    SELECT o.opportunity_key FROM opportunity_facts AS o
    SEMI JOIN account_people AS a ON a.account_id = o.account_id
    WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_account)
)
SELECT opportunity_key FROM by_account
UNION ALL
SELECT o.opportunity_key FROM opportunity_facts AS o
ANTI JOIN by_account AS a ON a.opportunity_key = o.opportunity_key
SEMI JOIN role_persons AS r ON r.opportunity_id = o.opportunity_id
WHERE EXISTS (SELECT 1 FROM group_steps WHERE uses_roles)
