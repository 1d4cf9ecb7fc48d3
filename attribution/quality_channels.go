package attribution

import "tributary/internal/findings"

// oddChannels are checks of channels, wherever they are named.
func oddChannels() []findings.Check {
	return []findings.Check{
		{Table: findings.Run, Name: "channel_spellings", Severity: findings.Warning,
			Meaning: "{row names|rows name} a channel that is spelled in several ways; each spelling is a separate channel", Remedy: "write each channel in one way; its spellings differ only by case, blanks, hyphens or underscores",
			Query: `WITH named AS (
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
				GROUP BY w.plain HAVING COUNT(*) > 1`},
	}
}
