package attribution

import "github.com/tributary-engine/tributary/internal/findings"

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

// withRules are the checks of a run whose channels are decided by rules: the shared checks, asked of
// the channels that reports show, and one of the rules.
func withRules(checks []findings.Check) []findings.Check {
	for i, c := range checks {
		switch c.Name {
		case "channel_spellings":
			checks[i].Query = `SELECT STRING_AGG(w.word, ' / ' ORDER BY w.word) AS key, COUNT(*) AS n
				FROM words AS w WHERE w.kind = 'channel' GROUP BY w.plain HAVING COUNT(*) > 1`
		case "channel_without_touch":
			checks[i].Query = `SELECT k.channel AS key, k.n, d.micros
				FROM (
					SELECT m.channel, COUNT(*) AS n FROM costs AS c INNER JOIN channel_names AS m ON m.written = c.channel
					WHERE c.campaign_id IS NULL GROUP BY m.channel
				) AS k
				INNER JOIN channels AS h ON h.channel = k.channel
				LEFT JOIN (SELECT channel_key, SUM(micros) AS micros FROM cost_days WHERE campaign_key = 0 GROUP BY channel_key) AS d ON d.channel_key = h.channel_key
				WHERE NOT EXISTS (SELECT 1 FROM touch_groups AS t WHERE t.channel_key = h.channel_key)`
		}
	}
	return append(checks, unmappedOrigins)
}

// unmappedOrigins finds the sources and media that no rule knows, if these are most touchpoints that
// have any.
var unmappedOrigins = findings.Check{Table: "touchpoints", Name: "origins_unmapped", Severity: findings.Warning,
	Meaning: "{touchpoint, more than half of those with a source or medium, is|touchpoints, more than half of those with a source or medium, are} in no channel of the rules", Remedy: "the report channel_mapping lists them; add rules for them under channels",
	Query: `WITH origins AS (
			SELECT COALESCE(m.source, '(none)') || ' / ' || COALESCE(m.medium, '(none)') AS key, m.rule, k.touches
			FROM kind_channels AS m INNER JOIN touch_kinds AS k ON k.kind_key = m.kind_key
			WHERE m.source IS NOT NULL OR m.medium IS NOT NULL
		)
		SELECT key, CAST(SUM(touches) AS BIGINT) AS n FROM origins WHERE rule IS NULL
			AND 2 * (SELECT SUM(touches) FROM origins WHERE rule IS NULL) > (SELECT SUM(touches) FROM origins)
		GROUP BY key`}
