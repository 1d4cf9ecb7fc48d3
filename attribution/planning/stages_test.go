package planning_test

import (
	"slices"
	"testing"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/attribution/planning"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Every relation has a case: testdata/stages.
func TestStages(t *testing.T) {
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			if err := attribution.DefineFunctions(t.Context(), eng); err != nil {
				t.Fatal(err)
			}
			if err := planning.Run(t.Context(), eng, name); err != nil {
				t.Fatal(err)
			}
		},
	})
	for _, r := range planning.Relations() {
		if !slices.Contains(ran, r.Name) {
			t.Errorf("no case runs %s", r.Name)
		}
	}
}
