package models

import (
	"slices"
	"testing"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
)

// Every shipped model is a kind that the configuration takes, and an instance has its weights.
func TestEveryShippedModelIsAKind(t *testing.T) {
	j := credit.NewJourney([]credit.Touch{
		{OccurredUS: 0, LeadUS: 5, LeadFromUS: 5, LeadUntilUS: 5}, {OccurredUS: 10, LeadUS: credit.Never}, {OccurredUS: 20, LeadUS: credit.Never},
	}, credit.Milestones{CreatedUS: 12, AnchorUS: 30, IsRevenue: true})
	for _, shipped := range All() {
		definition := "custom_models: [{name: own, kind: " + shipped.Name + ", only: {channel: [Email]}}]\n"
		if shipped.Name == "time_decay" { // a kind of its own
			definition = "custom_models: [{name: own, kind: time_decay, half_life_days: 30, only: {channel: [Email]}}]\n"
		}
		settings, err := config.Parse("t.yaml", []byte(definition))
		if err != nil {
			t.Errorf("%s: add it to the kinds of custom_models in internal/config/keys_reporting.go: %v", shipped.Name, err)
			continue
		}
		list, err := Select(nil, settings.CustomModels)
		if err != nil {
			t.Fatal(err)
		}
		own := list[len(list)-1]
		got, want := make([]uint64, 3), make([]uint64, 3)
		own.Weights(j, got)
		shipped.Weights(j, want)
		if own.Name != "own" || !slices.Equal(got, want) {
			t.Errorf("%s: the model %s has weights %v, want %v", shipped.Name, own.Name, got, want)
		}
	}
}

func TestWhatAScopedModelSees(t *testing.T) {
	list, err := Select([]string{"linear"}, []config.CustomModel{{Name: "x", Kind: "linear", Only: &config.Only{
		TouchTypes: []string{"Web Form", "(none)"}, Channels: []string{"paid_search"}, Campaigns: []string{"C-1", "c-2"}, SourceGroups: []string{"Marketing"}}}})
	if err != nil {
		t.Fatal(err)
	}
	m := list[1]
	if want := "every touchpoint the same; known as even; only touch_type Web Form or (none), channel paid_search, campaign_id C-1 or c-2, source_group Marketing"; m.Doc != want {
		t.Errorf("doc %q, want %q", m.Doc, want)
	}
	seen := credit.Facts{TouchType: "web-form", Channel: "Paid Search", CampaignID: "C-1", SourceGroup: "marketing"}
	for _, c := range []struct {
		change func(*credit.Facts)
		want   bool
	}{
		{func(*credit.Facts) {}, true},
		{func(f *credit.Facts) { f.TouchType = "(none)" }, true},
		{func(f *credit.Facts) { f.TouchType = "visit" }, false},
		{func(f *credit.Facts) { f.Channel = "Paid Social" }, false},
		{func(f *credit.Facts) { f.CampaignID = "C-2" }, false}, // ids are compared byte by byte
		{func(f *credit.Facts) { f.CampaignID = "c-2" }, true},
		{func(f *credit.Facts) { f.SourceGroup = "sales" }, false},
	} {
		f := seen
		c.change(&f)
		if got := m.Sees(f); got != c.want {
			t.Errorf("%+v: %t, want %t", f, got, c.want)
		}
	}
}
