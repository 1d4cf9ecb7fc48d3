package alignment

import (
	"slices"
	"testing"

	"tributary/internal/engine"
	"tributary/internal/stagetest"
)

// Cases of single relations: testdata/stages. A case runs the name of one that a task makes.
func TestStages(t *testing.T) {
	stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			all := tasks()
			at := slices.IndexFunc(all, func(made task) bool { return made.makes[0].Name == name })
			if at < 0 {
				t.Fatalf("no task makes %s", name)
			}
			if err := all[at].run(t.Context(), eng, Options{}); err != nil {
				t.Fatal(err)
			}
		},
	})
}
