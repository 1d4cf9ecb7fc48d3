package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
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
		{"source_groups: {marketing: ['*'], sales: [Outbound], partner: [outbound]}", `t.yaml:1:43: source_groups.sales[0]: "Outbound" stands under partner too`},
		{"source_groups: {marketing: ['*'], sales: ['*']}", `"*" stands under marketing too`},
		{"source_groups: {marketing: [Email], sales: [Outbound]}", `no group has "*"`},
		{"source_groups: {sales: ['*']}", "one of the groups must be marketing"},
		{"source_groups: {marketing: ['*'], Marketing: [Email]}", `is the same group as "Marketing"`},
		{"source_groups: {marketing: ['*'], (all): [Email]}", "is not the name of a group"},
		{"{sales_channels: [Outbound], source_groups: {marketing: ['*']}}", "t.yaml:1:30: source_groups: give source_groups or sales_channels, not both"},
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

// Channels of sales are the case of two groups. Without either, the shipped groups hold. What was
// resolved is read back as it is.
func TestSourceGroups(t *testing.T) {
	for _, c := range []struct {
		text, groups, named string
	}{
		{"", "marketing=* sales=Outbound customer=Referral partner=Partner product=In-product", ""},
		{"sales_channels: [Outbound, Cold Call]", "marketing=* sales=Outbound,Cold Call", "Cold Call"},
		{"source_groups: {word of mouth: [Podcast], sales: [Outbound], marketing: ['*', Email]}", "marketing=*,Email sales=Outbound word of mouth=Podcast", "Email,Podcast"},
	} {
		job, err := config.Parse("t.yaml", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		text, err := job.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		again, err := config.Parse("config.yaml", text)
		if err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		for _, j := range []config.Job{job, again} {
			var groups []string
			for _, name := range j.GroupNames() {
				groups = append(groups, name+"="+strings.Join(j.SourceGroups[name], ","))
			}
			if got := strings.Join(groups, " "); got != c.groups {
				t.Errorf("%q: groups %q, want %q", c.text, got, c.groups)
			}
			if got := strings.Join(j.NamedChannels(), ","); got != c.named {
				t.Errorf("%q: named %q, want %q", c.text, got, c.named)
			}
		}
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[config.Span]time.Duration{"14d": 336 * time.Hour, "4h": 4 * time.Hour, "30m": 30 * time.Minute} {
		if got := text.Duration(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
