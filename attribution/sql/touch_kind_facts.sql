-- touch_kind_facts: one row per kind of touchpoints (touch_kinds), with its channel and campaign,
-- and why touchpoints of this kind do not count, whoever made them (NULL if they do). The channel
-- is that of kind_channels or, without one, that of the campaign. kind is dense, from 0.
CREATE TABLE touch_kind_facts AS
WITH placed AS (
    SELECT
        t.kind_key, t.touch_type, t.status, t.touches,
        COALESCE(h.channel_key, CASE WHEN c.channel IS NULL THEN k.channel_key END, 0) AS channel_key,
        COALESCE(k.campaign_key, 0) AS campaign_key
    FROM touch_kinds AS t
    INNER JOIN kind_channels AS c ON c.kind_key = t.kind_key
    LEFT JOIN channels AS h ON h.channel = c.channel
    LEFT JOIN campaign_keys AS k ON k.campaign_id = t.campaign_id
)
SELECT
    CAST(ROW_NUMBER() OVER (ORDER BY t.kind_key) - 1 AS INTEGER) AS kind,
    t.kind_key,
    t.touches,
    t.channel_key,
    t.campaign_key,
    t.touch_type,
    t.status,
    d.is_direct,
    CASE
        WHEN NOT COALESCE(y.is_allowed, TRUE) THEN 'touch_type'
        WHEN NOT COALESCE(s.is_response, TRUE) THEN 'status'
        WHEN g.exclude_direct AND d.is_direct THEN 'direct'
    END AS excluded_reason
FROM placed AS t
CROSS JOIN settings AS g
INNER JOIN channels AS d ON d.channel_key = t.channel_key
LEFT JOIN words AS y ON y.kind = 'touch_type' AND y.word = COALESCE(t.touch_type, '')
LEFT JOIN words AS s ON s.kind = 'status' AND s.word = t.status
