-- channels: one row per channel of touchpoints, campaigns, costs and lead sources, with its source
-- group. channel_key 0 is "(none)", -1 is "(unattributed)".
CREATE TABLE channels AS
WITH found AS (
    SELECT channel FROM kind_channels
    UNION SELECT channel FROM channel_names
),
keyed AS (
    SELECT CAST(ROW_NUMBER() OVER (ORDER BY channel) AS INTEGER) AS channel_key, channel
    FROM found
    WHERE channel IS NOT NULL AND channel NOT IN ('(none)', '(unattributed)')
)
SELECT
    k.channel_key, k.channel,
    w.is_direct,
    w.source_group
FROM keyed AS k
INNER JOIN words AS w ON w.kind = 'channel' AND w.word = k.channel
UNION ALL
SELECT 0, '(none)', is_direct, source_group FROM words WHERE kind = 'channel' AND word = '(none)'
UNION ALL SELECT -1, '(unattributed)', FALSE, '(unattributed)'
