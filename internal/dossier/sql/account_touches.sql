-- One row per person of members and touchpoint of it in the 90 days before as-of, the newest first.
WITH touched AS (
    SELECT t.person_id, t.touch_id, t.occurred_at, t.channel, t.campaign_id, t.touch_type, t.status, t.excluded_reason
    FROM touch_facts AS t
    SEMI JOIN members AS m ON m.person_id = t.person_id
    CROSS JOIN clock AS k
    WHERE t.occurred_at BETWEEN k.as_of - INTERVAL '7776000 seconds' AND k.as_of
)
SELECT
    m.place, m.person_id, t.touch_id, t.occurred_at, t.channel, COALESCE(NULLIF(t.campaign_id, '(none)'), ''), COALESCE(c.name, ''),
    COALESCE(p.asset, ''), COALESCE(t.touch_type, ''), COALESCE(t.status, ''), COALESCE(t.excluded_reason, '')
FROM members AS m
INNER JOIN touched AS t ON t.person_id = m.person_id
LEFT JOIN touchpoints AS p ON p.touch_id = t.touch_id
LEFT JOIN campaigns AS c ON c.campaign_id = t.campaign_id
ORDER BY m.place, m.person_id, t.occurred_at DESC, t.touch_id DESC
