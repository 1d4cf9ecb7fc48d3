package reports

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Every relation of performance and every check of the reports has a case, and so have reports:
// testdata/stages.
func TestStages(t *testing.T) {
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			if err := defineFunctions(t.Context(), eng, 2); err != nil {
				t.Fatal(err)
			}
			if report := Find(name); report != nil {
				if _, err := report.make(t.Context(), eng); err != nil {
					t.Fatal(err)
				}
				return
			}
			makeRelation := makePerformance
			if slices.Contains(shared, name) {
				makeRelation = func(ctx context.Context, eng *engine.Engine, name string) error {
					return eng.Exec(ctx, text("shared/"+name))
				}
			}
			if err := makeRelation(t.Context(), eng, name); err != nil {
				t.Fatal(err)
			}
		},
		Check: func(t *testing.T, eng *engine.Engine, name string) string {
			if err := defineFunctions(t.Context(), eng, 2); err != nil {
				t.Fatal(err)
			}
			return text("check/" + name)
		},
	})
	entries, err := files.ReadDir("sql/check")
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Concat(shared, performance)
	for _, e := range entries {
		want = append(want, strings.TrimSuffix(e.Name(), ".sql"))
	}
	want = append(want, "funnel_trend", "funnel_dimensions", "funnel_stock", "funnel_velocity", "handoff", "handoff_reasons", "rep_follow_up", "jurisdiction", "weekly")
	for _, name := range want {
		if !slices.Contains(ran, name) {
			t.Errorf("no case runs %s", name)
		}
	}
}

// A promise that cannot be judged, because a side is missing, is broken.
func TestChecksFailWhereASideIsMissing(t *testing.T) {
	stagetest.ComparesNULL(t, files, "sql/check")
}
