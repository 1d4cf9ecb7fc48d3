package attribution

import (
	"strings"
	"testing"

	"tributary/internal/config"
	"tributary/internal/engine"
)

// Touches of two people, seconds after an hour's start: 1 to 6 are one person's, 7 to 10 another's; 5 is excluded already, and
// 10 is of another channel.
const repeatTouches = `
CREATE TABLE touch_base AS
SELECT CAST(k AS BIGINT) AS touch_key, CAST(p AS BIGINT) AS person_key, CAST(c AS INTEGER) AS campaign_key, t AS touch_type, CAST(CASE WHEN k = 10 THEN 2 ELSE 1 END AS INTEGER) AS channel_key,
	CAST(s * 1000000 AS BIGINT) AS occurred_us, x AS excluded_reason
FROM (VALUES
	(1, 1, 1, 'click', 0, NULL), (2, 1, 1, 'click', 30, NULL), (3, 1, 2, 'click', 31, NULL), (4, 1, 1, 'click', 60, NULL),
	(5, 1, 1, 'click', 61, 'status'), (6, 1, 1, 'click', 150, NULL),
	(7, 2, 1, 'click', 0, NULL), (8, 2, 1, NULL, 1, NULL), (9, 2, 1, NULL, 61, NULL),
	(10, 2, 1, NULL, 62, NULL)
) AS v(k, p, c, t, s, x)`

func TestRepeatsAndBursts(t *testing.T) {
	for _, c := range []struct {
		name string
		o    config.Journey
		want string
	}{
		{"no rule", config.Journey{}, ""},
		// 2 and 4 lie within a minute of 1; 6 does not; 9 lies exactly a minute after 8; 10 is of another channel.
		{"dedupe within a minute", config.Journey{DedupeWindowMinutes: 1}, "2 repeat,4 repeat,9 repeat"},
		// Three within 31 s: 1, 2, 3 and 2, 3, 4; two within a second are no three.
		{"bursts of three", config.Journey{BotBurst: &config.BotBurst{Touches: 3, Seconds: 31}}, "1 bot_burst,2 bot_burst,3 bot_burst,4 bot_burst"},
		// What a burst marks is not the first of a repeat: 4 repeats 1.
		{"both", config.Journey{DedupeWindowMinutes: 2, BotBurst: &config.BotBurst{Touches: 2, Seconds: 1}}, "2 bot_burst,3 bot_burst,4 repeat,7 bot_burst,8 bot_burst,9 bot_burst,10 bot_burst"},
	} {
		t.Run(c.name, func(t *testing.T) {
			eng, err := engine.Open(t.Context(), engine.Options{TempDir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer eng.Close()
			if err := eng.Exec(t.Context(), repeatTouches); err != nil {
				t.Fatal(err)
			}
			if err := markRepeats(t.Context(), eng, c.o); err != nil {
				t.Fatal(err)
			}
			got, err := eng.Texts(t.Context(), `SELECT touch_key || ' ' || reason FROM repeats ORDER BY touch_key`)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Join(got, ",") != c.want {
				t.Errorf("marked %v, want %s", got, c.want)
			}
		})
	}
}
