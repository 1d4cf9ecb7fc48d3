package alignment

import (
	"slices"
	"strings"
	"testing"

	"tributary/internal/engine"
	"tributary/internal/stagetest"
)

// Every SQL file has a case, and so has the estimate of times: testdata/stages.
func TestStages(t *testing.T) {
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			run := sql
			if of, isTimes := strings.CutSuffix(name, "_times"); isTimes {
				name, run = of, survival
			}
			if err := run(name).run(t.Context(), eng, Options{}); err != nil {
				t.Fatal(err)
			}
		},
	})
	entries, err := files.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".sql"); !slices.Contains(ran, name) {
			t.Errorf("no case runs sql/%s", e.Name())
		}
	}
}
