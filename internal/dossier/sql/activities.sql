-- One row per activity of sales on a record of an asked person up to as-of, the newest first. An
-- activity on an opportunity alone is nobody's. One that names a contact and a lead of the person is
-- shown with the contact.
WITH found AS (
    SELECT a.place, v.activity_id, i.kind, i.id
    FROM asked AS a
    INNER JOIN person_ids AS i ON i.person_id = a.person_id AND i.kind = 'contact'
    INNER JOIN activities AS v ON v.contact_id = i.id
    UNION ALL
    SELECT a.place, v.activity_id, i.kind, i.id
    FROM asked AS a
    INNER JOIN person_ids AS i ON i.person_id = a.person_id AND i.kind = 'lead'
    INNER JOIN activities AS v ON v.lead_id = i.id
),
shown AS (
    SELECT place, activity_id, MIN(kind) AS kind, ARG_MIN(id, kind) AS id
    FROM found
    GROUP BY place, activity_id
)
SELECT f.place, v.activity_id, v.occurred_at, COALESCE(v.activity_type, ''), COALESCE(v.outcome, ''), COALESCE(v.owner, ''), f.kind, f.id
FROM shown AS f
INNER JOIN activities AS v ON v.activity_id = f.activity_id
CROSS JOIN clock AS k
WHERE v.occurred_at <= k.as_of
ORDER BY f.place, v.occurred_at DESC, v.activity_id DESC
