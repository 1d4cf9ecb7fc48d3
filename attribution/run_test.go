package attribution

import (
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// The whole stage over small companies: testdata/run. A case runs "NAME", which is one of these.
func TestRunOfSmallCompanies(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"defaults":          func(*Options) {},
		"roles_and_account": func(o *Options) { o.BuyingGroup = "roles_and_account" },
		"direct_falls_back": func(o *Options) { o.Journey.Direct = "fallback_only" },
		"direct_excluded":   func(o *Options) { o.Journey.Direct = "exclude" },
		"first_touch_and_direct_falls_back": func(o *Options) {
			o.Primary, o.Journey.Direct = "first_touch", "fallback_only"
		},
		"expansions_begin_after_the_win": func(o *Options) { o.Journey.SinceLastWin = []string{"expansion"} },
		"repeats": func(o *Options) {
			o.Journey.DedupeWindowMinutes, o.Journey.BotBurst = 10, &config.BotBurst{Touches: 3, Seconds: 5}
		},
		"channels": func(o *Options) {
			o.Channels = &config.Channels{Groups: config.WebGroups, Rules: []config.ChannelRule{
				{Channel: "Brand", When: map[string]config.ChannelCondition{"campaign": {Pattern: "^brand"}}}}}
		},
		"email_only_by_week": func(o *Options) { o.Reporting.Weeks, o.From, o.To = true, "2025-01-01", "2025-02-28" },
	} {
		changes[name] = change
	}
	stagetest.Dir(t, "testdata/run", stagetest.Stages{Run: func(t *testing.T, eng *engine.Engine, name string) {
		o := smallOptions(t)
		changes[name](&o)
		stagetest.CompleteContract(t, eng, o.Channels != nil)
		models := []credit.Model{firstTouch, linear}
		if name == "email_only_by_week" {
			models[0] = emailOnly
		}
		result, err := Run(t.Context(), eng, models, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Checks) == 0 {
			t.Error("no check was made")
		}
		if err := findings.Store(t.Context(), eng, result.Findings); err != nil {
			t.Fatal(err)
		}
	}})
}

var changes = map[string]func(*Options){}

var (
	firstTouch = credit.Model{Name: "first_touch", Doc: "all to the first", Weights: func(_ *credit.Journey, w []uint64) { w[0] = 1 }}
	emailOnly  = credit.Model{Name: "email_only", Doc: "alike to all e-mails", Sees: func(f credit.Facts) bool { return f.Channel == "Email" }, Weights: linear.Weights}
	linear     = credit.Model{Name: "linear", Doc: "alike to all", Weights: func(_ *credit.Journey, w []uint64) {
		for i := range w {
			w[i] = 1
		}
	}}
)

// smallOptions are those of a configuration that sets nothing, as of the end of March 2025.
func smallOptions(t *testing.T) Options {
	t.Helper()
	job, err := config.Parse("tributary.yaml", []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		AsOf: time.Date(2025, 3, 31, 23, 59, 59, 999_999_000, time.UTC), Zone: time.UTC, Currency: "USD", Threads: 2, Primary: "linear", Credits: true,
		People: job.People, BuyingGroup: job.BuyingGroup, Journey: job.Journey, Opportunities: job.Opportunities, Funnel: job.Funnel, LeadsGiven: true,
		Reporting: job.Reporting, Agreed: job.Alignment, Costs: job.Costs, Economics: job.Economics,
	}
}
