package attribution

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
)

// repeatTouches are touches of two people, seconds after an hour's start: 1 to 6 are one person's,
// 7 to 10 another's; 5 is excluded already, 10 is of another channel, and 12 and 11, in the order
// of their ids, share an instant. Another person is excluded.
func repeatTouches() *touches {
	const (
		a = iota // campaign 1, click
		b        // campaign 2, click
		c        // campaign 1, no type
		d        // another channel, no type
		e        // campaign 1, click, excluded by its status
	)
	t := &touches{ranks: ranks{}, persons: make([]person, 4), distinct: 5, starts: []int{0, 6, 10, 12, 13}}
	t.persons[3].exclusion = 1
	for i := range int32(5) {
		t.kinds = append(t.kinds, kind{alike: i})
	}
	t.kinds[e].alike, t.kinds[e].exclusion = a, 4
	for _, s := range []struct{ row, seconds, kind uint32 }{
		{1, 0, a}, {2, 30, a}, {3, 31, b}, {4, 60, a}, {5, 61, e}, {6, 150, a},
		{7, 0, a}, {8, 1, c}, {9, 61, c}, {10, 62, d},
		{11, 5000, a}, {12, 5000, a},
		{13, 0, a},
	} {
		t.stamps = append(t.stamps, stamp{us: int64(s.seconds) * 1_000_000, row: s.row, kind: s.kind})
	}
	return t
}

func TestRepeatsAndBursts(t *testing.T) {
	for _, c := range []struct {
		name string
		o    config.Journey
		want string
	}{
		{"no rule", config.Journey{}, ""},
		// 2 and 4 lie within a minute of 1; 6 does not; 9 lies exactly a minute after 8; 10 is of
		// another channel.
		{"dedupe within a minute", config.Journey{DedupeWindowMinutes: 1}, "2 repeat,4 repeat,9 repeat,11 repeat"},
		// Three within 31 s: 1, 2, 3 and 2, 3, 4; two within a second are no three.
		{"bursts of three", config.Journey{BotBurst: &config.BotBurst{Touches: 3, Seconds: 31}}, "1 bot_burst,2 bot_burst,3 bot_burst,4 bot_burst"},
		// What a burst marks is not the first of a repeat: 4 repeats 1.
		{"both", config.Journey{DedupeWindowMinutes: 2, BotBurst: &config.BotBurst{Touches: 2, Seconds: 1}}, "2 bot_burst,3 bot_burst,4 repeat,7 bot_burst,8 bot_burst,9 bot_burst,10 bot_burst,11 bot_burst,12 bot_burst"},
	} {
		t.Run(c.name, func(t *testing.T) {
			eng, err := engine.Open(t.Context(), engine.Options{TempDir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer eng.Close()
			if err := eng.Exec(t.Context(), `CREATE TABLE touch_rows AS SELECT i AS touch_row, 'T-' || (20 - i) AS touch_id FROM range(14) AS r(i)`); err != nil {
				t.Fatal(err)
			}
			marked := repeatTouches()
			if err := marked.markRepeats(t.Context(), eng, c.o); err != nil {
				t.Fatal(err)
			}
			got, err := eng.Texts(t.Context(), `SELECT touch_row || ' ' || reason FROM repeats ORDER BY touch_row`)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Join(got, ",") != c.want {
				t.Errorf("marked %v, want %s", got, c.want)
			}
			for _, s := range marked.stamps {
				isMarked := slices.ContainsFunc(got, func(text string) bool { return strings.HasPrefix(text, fmt.Sprint(s.row)+" ") })
				if isExcluded := marked.kinds[s.kind].exclusion != 0; isExcluded != (isMarked || s.row == 5) {
					t.Errorf("touch %d is excluded: %t", s.row, isExcluded)
				}
			}
		})
	}
}
