-- The check channel_without_touch of a run with rules of channels: the channel that the rules give
-- a cost is compared with the channels of touchpoints.
SELECT k.channel AS key, k.n, d.micros
FROM (
    SELECT m.channel, COUNT(*) AS n FROM costs AS c INNER JOIN channel_names AS m ON m.written = c.channel
    WHERE c.campaign_id IS NULL GROUP BY m.channel
) AS k
INNER JOIN channels AS h ON h.channel = k.channel
LEFT JOIN (SELECT channel_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key = 0 GROUP BY channel_key) AS d ON d.channel_key = h.channel_key
WHERE NOT EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.channel_key = h.channel_key)
