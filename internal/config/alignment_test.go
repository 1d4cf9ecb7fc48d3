package config_test

import (
	"strings"
	"testing"
	"time"

	"tributary/internal/config"
)

func TestWrongAlignment(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"handoff: {delivered: MQLs}", `t.yaml:1:22: handoff.delivered: "MQLs" is not a stage of persons (did you mean MQL?)`},
		{"handoff: {delivered: won}", `"won" is not a stage of persons`},
		{"handoff: {rejected: [SAL]}", `t.yaml:1:22: handoff.rejected[0]: "SAL" stands under accepted too`},
		{"handoff: {recycled: [mql]}", `"mql" stands under delivered too`},
		{"handoff: {expires_after: 2 weeks}", "is not a length of time such as 14d, 4h or 30m"},
		{"vocabulary: {SQL: sales}", "is the stage SQL of the funnel"},
		{"vocabulary: {no show: sales, No-Show: sales}", `is the same word as "No-Show"`},
		{"service_level: {hours: 17:00-09:00}", "is not a stretch of one day"},
		{"service_level: {holidays: [2026-02-30]}", "2026-02-30"},
		{"service_level: {zone: Europe/Bonn}", "Europe/Bonn"},
		{"service_level: {weekdays: [monday]}", "is not one of mon"},
		{"deal_sizes: [5, 3]", "the bounds are not in ascending order"},
		{"quality: {fit: {good: [A], bad: [a]}}", `"a" stands under good too`},
		{"quality: {ratings: {hot: 5, HOT: 4}}", "is the same word as"},
		{"reporting: {week_starts_on: mon}", "is not one of monday"},
	} {
		if _, err := config.Parse("t.yaml", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", c.text, err, c.want)
		}
	}
}

// Words of the file come beside the shipped ones, and before them. A funnel without the stage that
// is handed over by default has no handoff.
func TestAlignmentIsSettled(t *testing.T) {
	job, err := config.Parse("t.yaml", []byte(`
vocabulary: {working: marketing, Attempting: sales}
funnel: {stages: [{name: Nurture, unit: person, owner: marketing}, {name: deal, unit: opportunity, owner: sales, at: created}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{"working": "marketing", "Attempting": "sales", "Working": "", "Nurture": "", "Recycled": "marketing"} {
		if got := job.Vocabulary[word]; got != want {
			t.Errorf("%s belongs to %q, want %q", word, got, want)
		}
	}
	if job.Handoff.Delivered != "" {
		t.Errorf("%s is delivered, which is no stage", job.Handoff.Delivered)
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[config.Span]time.Duration{"14d": 336 * time.Hour, "4h": 4 * time.Hour, "30m": 30 * time.Minute} {
		if got := text.Duration(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
