package attribution

import (
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Every SQL stage and every check has a case: testdata/stages.
func TestStages(t *testing.T) {
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			w := &work{engine: eng}
			if err := DefineFunctions(t.Context(), eng); err != nil {
				t.Fatal(err)
			}
			if err := sql(name).run(t.Context(), w); err != nil {
				t.Fatal(err)
			}
		},
		Check: func(t *testing.T, _ *engine.Engine, name string) string {
			return statement("check/" + name)
		},
	})
	for _, folder := range []string{"sql", "sql/check"} {
		entries, err := files.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if name := strings.TrimSuffix(e.Name(), ".sql"); !e.IsDir() && name != "functions" && !slices.Contains(ran, name) {
				t.Errorf("no case runs %s", path.Join(folder, e.Name()))
			}
		}
	}
}

// A promise that cannot be judged, because a side is missing, is broken.
func TestChecksFailWhereASideIsMissing(t *testing.T) {
	stagetest.ComparesNULL(t, files, "sql/check")
}
