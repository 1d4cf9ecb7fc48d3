package gates

import (
	"fmt"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

var nothingAttributed = gate{
	check: "nothing_attributed", meaning: "conversions, none of which gets any credit", stage: journeys, noExamples: true, limits: limited(always, 20),
	query: sql("nothing_attributed"),
	message: func(e *Evaluator, c candidate) string {
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
	shows: func(c candidate) string {
		return "SELECT excluded_reason, status, touch_type, COUNT(*) AS touches FROM touch_facts GROUP BY ALL ORDER BY touches DESC"
	},
}

// keyOf is the hint on the configuration key that decides on a reason for excluding touchpoints.
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
