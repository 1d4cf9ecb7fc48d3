-- buying_groups: one row per opportunity, step and person. Step 2 is asked only where step 1 gives a conversion no eligible
-- touch; group_steps says which persons each step takes. match_method says how the person came to the opportunity: by its
-- role, else by its account.
CREATE TABLE buying_groups AS
WITH members AS (
    SELECT DISTINCT o.opportunity_key, p.person_key, 'role' AS match_method
    FROM opportunity_contacts AS r
    INNER JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id
    INNER JOIN node_persons AS p ON p.id = r.contact_id AND p.kind = 0
    UNION ALL
    SELECT o.opportunity_key, p.person_key, p.match_method
    FROM opportunity_facts AS o
    INNER JOIN people AS p ON p.account_id = o.account_id
)
SELECT
    m.opportunity_key,
    s.step,
    m.person_key,
    MAX(m.match_method) AS match_method -- 'role' is the greatest
FROM members AS m
INNER JOIN group_steps AS s ON (m.match_method = 'role' AND s.uses_roles) OR (m.match_method <> 'role' AND s.uses_account)
GROUP BY m.opportunity_key, s.step, m.person_key
