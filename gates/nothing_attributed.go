package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// There are conversions of a type and touches, and not one conversion gets any credit.
var nothingAttributed = gate{
	check: "nothing_attributed", meaning: "conversions, none of which gets any credit", stage: journeys, noExamples: true, limits: limited(always, 20),
	query: `
		WITH outcomes AS (
			SELECT c.conversion_type, j.reason, j.touches > 0 AS has_touches, COUNT(*) AS n, SUM(CAST(c.value_minor AS HUGEINT)) AS minor
			FROM journeys AS j
			INNER JOIN conversions AS c ON c.conversion_key = j.conversion_key
			GROUP BY c.conversion_type, j.reason, j.touches > 0
		),
		types AS (
			SELECT o.conversion_type, y.name, SUM(o.n) AS n, SUM(o.minor) AS minor
			FROM outcomes AS o
			INNER JOIN conversion_types AS y ON y.conversion_type = o.conversion_type
			GROUP BY o.conversion_type, y.name
			-- Persons without any touch of their own are no news: many companies have touches of contacts alone.
			HAVING NOT BOOL_OR(o.has_touches) AND (o.conversion_type <= 1 OR BOOL_OR(o.reason <> 'no_touches'))
		),
		reasons AS (
			SELECT conversion_type, STRING_AGG(DISTINCT reason, ', ' ORDER BY reason) AS reasons
			FROM outcomes WHERE NOT has_touches GROUP BY conversion_type
		),
		taken AS (
			SELECT excluded_reason || '=' || CASE excluded_reason WHEN 'status' THEN COALESCE(status, '') WHEN 'touch_type' THEN COALESCE(touch_type, '') ELSE '' END AS what,
				CAST(SUM(touches) AS BIGINT) AS n
			FROM touch_groups WHERE excluded_reason IS NOT NULL GROUP BY ALL
		),
		most AS (
			SELECT STRING_AGG(what || '=' || n, CHR(31) ORDER BY n DESC, what) AS taken FROM (SELECT * FROM taken ORDER BY n DESC, what LIMIT 5)
		)
		SELECT NULL AS table_name, t.name AS column_name, NULL AS period, t.n AS rows, t.n AS value, 0 AS now, (SELECT touches FROM touch_totals) AS before,
			1 AS weight, t.minor * 1000000 // g.minor_per_unit AS micros, COALESCE(r.reasons, '') || COALESCE(CHR(31) || m.taken, '') AS keys
		FROM types AS t
		CROSS JOIN settings AS g
		CROSS JOIN most AS m
		LEFT JOIN reasons AS r ON r.conversion_type = t.conversion_type
		WHERE (SELECT touches FROM touch_totals) > 0`,
	say: func(j *Judge, c caught) string {
		sentence := fmt.Sprintf("%s: none of %s gets any credit, although there %s %s (reasons: %s)",
			c.Column, plural(c.Rows, "conversion", "conversions"), words.Choose(int64(c.Before), "is", "are"), plural(int64(c.Before), "touchpoint", "touchpoints"), c.keys()[0])
		var taken []string
		keys := map[string]string{}
		for _, key := range c.keys()[1:] {
			parts := strings.SplitN(key, "=", 2)
			word, count, _ := cutLast(parts[1], "=")
			switch parts[0] {
			case "status":
				taken, keys["status"] = append(taken, count+" with the status "+findings.Marked(word)), "journey.responses lists statuses that count"
			case "touch_type":
				taken, keys["touch_type"] = append(taken, count+" of the type "+findings.Marked(word)), "journey.touch_types lists the types that count"
			default:
				taken, keys[parts[0]] = append(taken, count+" as "+parts[0]), keyOf[parts[0]]
			}
		}
		if len(taken) > 0 {
			sentence += "; excluded touchpoints: " + strings.Join(taken, ", ")
		}
		for _, reason := range []string{"status", "touch_type", "direct", "bot_burst", "dedupe_window", "internal", "test_account"} {
			if hint := keys[reason]; hint != "" {
				sentence += "; " + hint
			}
		}
		if strings.Contains(c.keys()[0], "no_touches_in_window") || strings.Contains(c.keys()[0], "outside") {
			sentence += "; journey.lookback_days sets the window"
		}
		return sentence
	},
	remedy: "configure which touchpoints count, or check whether touchpoints and opportunities have the same ids of people and accounts",
	shows: func(c caught) string {
		return "SELECT excluded_reason, status, touch_type, COUNT(*) AS touches FROM touch_facts GROUP BY ALL ORDER BY touches DESC"
	},
}

// keyOf is the key of the configuration behind a reason for which touches are left out.
var keyOf = map[string]string{
	"direct":        "journey.direct decides on direct touches",
	"bot_burst":     "journey.bot_burst decides on bursts",
	"dedupe_window": "journey.dedupe_window_minutes decides on repeats",
	"internal":      "people.own_domains lists your own domains",
	"test_account":  "people.test_accounts lists test accounts",
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}
