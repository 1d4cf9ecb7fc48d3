-- One row per person who entered the stage $1 at or after $2, with its owner at as-of and the last
-- such entry; those who entered last first. Only persons of the reports have visits.
WITH entered AS (
    SELECT v.person_id, MAX(v.entered_at) AS entered_at
    FROM person_visits AS v
    WHERE v.stage = $1 AND v.entered_at >= CAST($2 AS TIMESTAMP)
    GROUP BY v.person_id
),
named AS (
    SELECT h.person_id, ARG_MAX(h.owner, h.place) AS owner
    FROM person_history AS h
    SEMI JOIN entered AS e ON e.person_id = h.person_id
    WHERE h.owner IS NOT NULL
    GROUP BY h.person_id
),
of_leads AS (
    SELECT i.person_id, FIRST(l.owner ORDER BY l.created_at DESC NULLS LAST, l.lead_id DESC) AS owner
    FROM person_ids AS i
    INNER JOIN leads AS l ON l.lead_id = i.id
    SEMI JOIN entered AS e ON e.person_id = i.person_id
    WHERE i.kind = 'lead' AND l.owner IS NOT NULL
    GROUP BY i.person_id
)
SELECT e.person_id, COALESCE(n.owner, l.owner, ''), e.entered_at
FROM entered AS e
LEFT JOIN named AS n ON n.person_id = e.person_id
LEFT JOIN of_leads AS l ON l.person_id = e.person_id
ORDER BY e.entered_at DESC, e.person_id
