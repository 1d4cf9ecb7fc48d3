-- grain: channel, with all of its spellings and their rows
-- message: {row names|rows name} a channel that is spelled in several ways; each spelling is a
--   separate channel
-- severity: warning
-- remedy: write each channel in one way; its spellings differ only by case, blanks, hyphens or
--   underscores
WITH named AS (
    SELECT channel, CAST(SUM(n) AS BIGINT) AS n FROM (
        SELECT channel, touches AS n FROM touch_kinds
        UNION ALL SELECT channel, 1 FROM campaigns
        UNION ALL SELECT channel, 1 FROM costs
        UNION ALL SELECT source, 1 FROM leads
    ) AS u
    WHERE channel IS NOT NULL GROUP BY channel
)
SELECT STRING_AGG(n.channel || ' (' || n.n || ')', ' / ' ORDER BY n.channel) AS key, SUM(n.n) AS n
FROM named AS n
INNER JOIN words AS w ON w.kind = 'channel' AND w.word = n.channel
GROUP BY w.plain HAVING COUNT(*) > 1
