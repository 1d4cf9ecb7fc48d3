-- buying_groups: one row per opportunity, step, person and stretch of time (from_us to until_us) in
-- which the person belongs to the buying group. The stretches of one person do not overlap. It is a
-- view because an account of many persons and opportunities has as many rows as their product. The
-- persons of step 2 are used only if step 1 gives the conversion no eligible touchpoint;
-- group_steps lists which persons each step has. match_method says how the person came to the
-- opportunity: by its role, at all times, or by its account.
CREATE VIEW buying_groups AS
WITH members AS (
    SELECT DISTINCT
        o.opportunity_key, r.person_key, 'role' AS match_method,
        CAST(-9223372036854775808 AS BIGINT) AS from_us, CAST(9223372036854775807 AS BIGINT) AS until_us
    FROM role_persons AS r
    INNER JOIN opportunity_facts AS o ON o.opportunity_id = r.opportunity_id
    UNION ALL
    SELECT o.opportunity_key, a.person_key, a.match_method, a.from_us, a.until_us
    FROM opportunity_facts AS o
    INNER JOIN account_people AS a ON a.account_id = o.account_id
),
stepped AS (
    SELECT
        m.opportunity_key, s.step, m.person_key, m.match_method, m.from_us, m.until_us,
        MAX(CASE WHEN m.match_method = 'role' THEN 1 ELSE 0 END) OVER (PARTITION BY m.opportunity_key, s.step, m.person_key) AS has_role
    FROM members AS m
    INNER JOIN group_steps AS s ON (m.match_method = 'role' AND s.uses_roles) OR (m.match_method <> 'role' AND s.uses_account)
)
SELECT opportunity_key, step, person_key, match_method, from_us, until_us
FROM stepped
WHERE match_method = 'role' OR has_role = 0
