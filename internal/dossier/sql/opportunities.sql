-- One row per asked person and opportunity in which it has a role, or that its account has: open
-- ones first, then the newest first.
WITH named AS (
    SELECT a.place, r.opportunity_id, r.role, r.is_primary
    FROM asked AS a
    INNER JOIN person_ids AS i ON i.person_id = a.person_id AND i.kind = 'contact'
    INNER JOIN opportunity_contacts AS r ON r.contact_id = i.id
    UNION ALL
    SELECT a.place, r.opportunity_id, r.role, r.is_primary
    FROM asked AS a
    INNER JOIN person_ids AS i ON i.person_id = a.person_id AND i.kind = 'lead'
    INNER JOIN opportunity_contacts AS r ON r.lead_id = i.id AND r.contact_id IS NULL
),
roles AS (
    SELECT place, opportunity_id, MIN(role) AS role, COALESCE(BOOL_OR(is_primary), FALSE) AS is_primary
    FROM named
    GROUP BY place, opportunity_id
),
found AS (
    SELECT place, opportunity_id FROM roles
    UNION
    SELECT a.place, s.opportunity_id
    FROM asked AS a
    INNER JOIN people AS p ON p.person_id = a.person_id
    INNER JOIN opportunity_states AS s ON s.account_id = p.account_id
)
SELECT
    f.place, f.opportunity_id, COALESCE(o.name, ''), s.state, o.stage, s.opportunity_type, s.created_at, s.closed_at, o.closed_at,
    o.amount_minor, COALESCE(o.currency, ''), COALESCE(o.owner, ''), COALESCE(o.competitor, ''), COALESCE(o.loss_reason, ''),
    r.opportunity_id IS NOT NULL, COALESCE(r.role, ''), COALESCE(r.is_primary, FALSE), o.reverses_opportunity_id IS NOT NULL
FROM found AS f
INNER JOIN opportunity_states AS s ON s.opportunity_id = f.opportunity_id
INNER JOIN opportunities AS o ON o.opportunity_id = f.opportunity_id
LEFT JOIN roles AS r ON r.place = f.place AND r.opportunity_id = f.opportunity_id
ORDER BY f.place, s.state <> 'open', s.created_at DESC NULLS LAST, f.opportunity_id DESC
