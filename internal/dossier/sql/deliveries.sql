-- One row per delivery of an asked person, the newest first.
SELECT
    a.place, d.delivered_at, d.outcome, d.is_late, d.is_implied, d.outcome_at, COALESCE(d.reason, ''), COALESCE(d.owner, ''),
    COALESCE(d.channel, ''), COALESCE(NULLIF(d.campaign_id, '(none)'), ''), COALESCE(c.name, '')
FROM asked AS a
INNER JOIN deliveries AS d ON d.person_id = a.person_id
LEFT JOIN campaigns AS c ON c.campaign_id = d.campaign_id
ORDER BY a.place, d.delivered_at DESC
