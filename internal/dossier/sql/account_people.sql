-- One row per person of members: the e-mail and persona of its newest record that has one, and where
-- it stands.
WITH records AS (
    SELECT i.person_id, i.id, c.created_at, c.email, c.persona
    FROM person_ids AS i
    INNER JOIN contacts AS c ON c.contact_id = i.id
    WHERE i.kind = 'contact'
    UNION ALL
    SELECT i.person_id, i.id, l.created_at, l.email, NULL
    FROM person_ids AS i
    INNER JOIN leads AS l ON l.lead_id = i.id
    WHERE i.kind = 'lead'
),
known AS (
    SELECT
        r.person_id,
        FIRST(r.email ORDER BY r.created_at DESC NULLS LAST, r.id DESC) FILTER (WHERE r.email IS NOT NULL) AS email,
        FIRST(r.persona ORDER BY r.created_at DESC NULLS LAST, r.id DESC) FILTER (WHERE r.persona IS NOT NULL) AS persona
    FROM records AS r
    SEMI JOIN members AS m ON m.person_id = r.person_id
    GROUP BY r.person_id
)
SELECT m.place, m.person_id, COALESCE(k.email, ''), COALESCE(k.persona, ''), COALESCE(s.stage, ''), COALESCE(s.department, ''), s.since, s.left_at, COALESCE(s.exit, '')
FROM members AS m
LEFT JOIN known AS k ON k.person_id = m.person_id
LEFT JOIN standings AS s ON s.person_id = m.person_id
ORDER BY m.place, m.person_id
