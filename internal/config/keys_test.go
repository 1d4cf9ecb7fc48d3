package config_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
)

// config.schema.json is the schema that the declarations make. UPDATE_DOCS=1 writes it anew.
func TestTheCommittedSchemaIsTheDeclaredOne(t *testing.T) {
	wantFile(t, "config.schema.json", config.Schema())
}

// wantFile wants a file to have this text. UPDATE_DOCS=1 writes it.
func wantFile(t *testing.T, file string, want []byte) {
	t.Helper()
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("%s is out of date: run the test with UPDATE_DOCS=1\n%s", file, diff)
	}
}

// The default of a declaration is what its field has if the file does not say otherwise. So that not
// both are wrong, some are written out here.
func TestDefaultsAreTheDeclaredOnes(t *testing.T) {
	text, err := config.Default().Marshal()
	if err != nil {
		t.Fatal(err)
	}
	var resolved map[string]any
	if err := yaml.Unmarshal(text, &resolved); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, place := range config.Places() {
		if place.Default == nil || place.LateDefault || strings.ContainsAny(place.Path, "[<") || place.Path == "input.directory" {
			continue // input.directory is not part of a run
		}
		var value any = resolved
		for name := range strings.SplitSeq(place.Path, ".") {
			value = value.(map[string]any)[name]
		}
		if value == nil && !isZero(place.Default) {
			t.Errorf("%s: there is no value, want %v", place.Path, place.Default)
		}
		if got, want := fmt.Sprint(value), fmt.Sprint(place.Default); value != nil && got != want {
			t.Errorf("%s: %s, want %s", place.Path, got, want)
		}
		compared++
	}
	if compared < 30 {
		t.Errorf("only %d defaults were compared", compared)
	}
	job := config.Default()
	if job.Journey.LookbackDays != 365 || job.Handoff.ExpiresAfter != "14d" || job.Costs.ProvisionalDays != 3 || !job.Credits || job.PrimaryModel != "w_shaped" || len(job.Funnel) != 6 {
		t.Errorf("%+v", job)
	}
}

func isZero(value any) bool { return value == false || value == 0 }
