package alignment

import (
	"testing"

	"tributary/internal/engine"
	"tributary/internal/stagetest"
)

// Cases of the relations of sql/: testdata/stages.
func TestQualityStages(t *testing.T) {
	stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			if err := eng.Exec(t.Context(), text(name)); err != nil {
				t.Fatal(err)
			}
		},
	})
}
