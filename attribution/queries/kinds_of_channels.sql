-- The kinds of touchpoints, with all columns that rules of channels read: one row per kind.
SELECT
    t.kind_key, t.touches, COALESCE(t.channel, ''), COALESCE(t.source, ''), COALESCE(t.medium, ''), COALESCE(t.campaign_id, ''), COALESCE(c.name, ''),
    COALESCE(t.touch_type, ''), COALESCE(t.referrer, ''), COALESCE(t.click_id, '')
FROM touch_kinds AS t
LEFT JOIN campaigns AS c ON c.campaign_id = t.campaign_id
ORDER BY t.kind_key
