package alignment

import (
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Every SQL file has a case, and so have relations that Go makes: testdata/stages. A case runs the
// name of a relation.
func TestStages(t *testing.T) {
	all := slices.Concat(histories(), tasks())
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			made := slices.IndexFunc(all, func(made task) bool { return made.makes[0].Name == name })
			if made < 0 {
				all, made = append(all, sql(name)), len(all) // calendar_spans and span_periods: Go runs their files
			}
			if err := all[made].run(t.Context(), eng, Options{}); err != nil {
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
