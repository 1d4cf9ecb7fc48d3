-- One row per touchpoint of an asked person, the newest first. The asset stands only in the
-- touchpoints as they were read, which are asked for these rows alone.
SELECT
    t.place, t.touch_id, t.occurred_at, t.channel, COALESCE(NULLIF(t.campaign_id, '(none)'), ''), COALESCE(c.name, ''),
    COALESCE(p.asset, ''), COALESCE(t.touch_type, ''), COALESCE(t.status, ''), COALESCE(t.excluded_reason, '')
FROM asked_touches AS t
LEFT JOIN touchpoints AS p ON p.touch_id = t.touch_id
LEFT JOIN campaigns AS c ON c.campaign_id = t.campaign_id
ORDER BY t.place, t.occurred_at DESC, t.touch_id DESC
