-- One row per touchpoint and person: every touchpoint of every person of the buying group, or of
-- the one person, in order of time. Parameters: $1 the path of the journey, $2 the opportunity or
-- person whose journey it is, $3 the converted unit, $4 the conversion type, $5 whether it is a
-- person.
WITH groups AS (
    SELECT person_id, match_method, path = $1 AS in_path, member_from, member_until
    FROM buying_groups
    WHERE opportunity_id = $2 AND NOT $5
    UNION ALL
    SELECT person_id, 'person', TRUE, NULL, NULL FROM people WHERE person_id = $2 AND $5
),
asked AS (
    SELECT
        t.touch_id, g.person_id, MAX(g.match_method) AS match_method, BOOL_OR(g.in_path) AS in_path,
        BOOL_OR((g.member_from IS NULL OR g.member_from <= t.occurred_at) AND (g.member_until IS NULL OR g.member_until >= t.occurred_at)) AS is_member
    FROM groups AS g
    INNER JOIN touch_facts AS t ON t.person_id = g.person_id
    GROUP BY t.touch_id, g.person_id
)
SELECT
    t.touch_id, t.occurred_at, t.channel, t.campaign_id, t.person_id, t.named_by, t.is_direct,
    COALESCE(t.status, ''), COALESCE(t.excluded_reason, ''), g.match_method, g.in_path, g.is_member,
    EPOCH_US(p.lead_at), EPOCH_US(p.lead_from), EPOCH_US(p.lead_until), k.touch_id IS NOT NULL, COALESCE(t.touch_type, '(none)')
FROM asked AS g
INNER JOIN people AS p ON p.person_id = g.person_id
INNER JOIN touch_facts AS t ON t.touch_id = g.touch_id
LEFT JOIN credits AS k ON k.touch_id = t.touch_id AND k.unit_id = $3 AND k.is_person = $5 AND k.conversion_type = $4
ORDER BY t.occurred_at, t.touch_id
