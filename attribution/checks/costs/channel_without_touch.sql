-- grain: channel
-- message: {row|rows} of costs {names|name} a channel that has no touchpoint
-- severity: warning
-- money: the cost of the channel up to as-of
-- near: SELECT h.channel FROM channels AS h WHERE EXISTS (SELECT 1 FROM touch_groups AS t WHERE
--   t.channel_key = h.channel_key)
SELECT k.channel AS key, k.n, d.micros
FROM (SELECT channel, COUNT(*) AS n FROM costs WHERE campaign_id IS NULL GROUP BY channel) AS k
INNER JOIN channels AS h ON h.channel = k.channel
LEFT JOIN (SELECT channel_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key = 0 GROUP BY channel_key) AS d ON d.channel_key = h.channel_key
WHERE NOT EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.channel_key = h.channel_key)
