package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/config"
)

// settingsOf takes the comments off the settings: prose begins with "# ", a setting with "#" and
// its key or its indentation.
func settingsOf(template string) string {
	return regexp.MustCompile(`(?m)^#([^ \n]|  )`).ReplaceAllString(template, "$1")
}

// The template shows every key of the schema, down to those of each section; as it stands and with
// every comment taken off its settings, it is a valid configuration that runs on the company of
// init; and what it shows as a default is the default.
func TestTheFirstConfigurationShowsEverySetting(t *testing.T) {
	acceptance.Nightly(t, "two runs")
	template := firstConfiguration()
	settings := settingsOf(template)
	for _, key := range config.Keys() {
		if key.Name == "sales_channels" {
			continue // the short form of source_groups, and a contradiction beside it
		}
		at := regexp.MustCompile(`(?m)^` + key.Name + `:(.*\n(?:[ ].*\n)*)`).FindStringSubmatch(settings + "\n")
		if at == nil {
			t.Errorf("the template does not show %s", key.Name)
			continue
		}
		for _, inner := range key.Rule.Keys {
			if !key.Rule.IsPerName && !strings.Contains(at[1], inner.Name+":") {
				t.Errorf("the template does not show %s.%s", key.Name, inner.Name)
			}
		}
	}
	bare, err := config.Parse("tributary.yaml", []byte(template))
	if err != nil {
		t.Fatalf("as it stands: %v", err)
	}
	full, err := config.Parse("tributary.yaml", []byte(settings))
	if err != nil {
		t.Fatalf("with every setting: %v\n%s", err, settings)
	}
	directory := t.TempDir()
	called(t, "init", directory)
	if err := os.WriteFile(filepath.Join(directory, "full.yaml"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	called(t, "run", "--config", filepath.Join(directory, "full.yaml"), "--out", filepath.Join(directory, "out"))
	full.Journey.TouchTypes, full.Journey.Responses, full.Journey.NotResponses, full.Journey.BotBurst = nil, nil, nil, nil // examples
	full.Opportunities.Types, full.Journey.SinceLastWin = nil, nil
	for what, pair := range map[string][2]any{
		"journey": {bare.Journey, full.Journey}, "opportunities": {bare.Opportunities, full.Opportunities}, "people": {bare.People, full.People},
		"buying_group": {bare.BuyingGroup, full.BuyingGroup}, "primary_model": {bare.PrimaryModel, full.PrimaryModel},
		"handoff": {bare.Handoff, full.Handoff}, "vocabulary": {bare.Vocabulary, full.Vocabulary}, "quality": {bare.Quality, full.Quality}, "deal_sizes": {bare.DealSizes, full.DealSizes},
		"output": {[]any{bare.CSVRaw, bare.Credits, bare.PublishTables}, []any{full.CSVRaw, full.Credits, full.PublishTables}},
	} {
		if d := cmp.Diff(pair[0], pair[1]); d != "" {
			t.Errorf("%s: what is shown is not the default: %s", what, d)
		}
	}
}

// A first company that cannot be written leaves nothing, no directory above either.
func TestAnInterruptedInitLeavesNothing(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	parent := t.TempDir()
	directory := filepath.Join(parent, "not", "there")
	if err := begin(ctx, filepath.Join(directory, "tributary.yaml"), filepath.Join(directory, "data")); !errors.Is(err, context.Canceled) {
		t.Errorf("it was interrupted, and says %v", err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestPathsAreQuotedForAShell(t *testing.T) {
	for path, want := range map[string]string{"out": "out", "a b/out": "'a b/out'", "it's": `'it'\''s'`, "$HOME": "'$HOME'", "~x": "'~x'"} {
		if got := shellWord(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
