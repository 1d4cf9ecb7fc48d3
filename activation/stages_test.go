package activation

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// Every table of a target and every check has a case: testdata/stages.
func TestStages(t *testing.T) {
	ran := stagetest.Dir(t, "testdata/stages", stagetest.Stages{
		Run: func(t *testing.T, eng *engine.Engine, name string) {
			if err := eng.Exec(t.Context(), text(name)); err != nil {
				t.Fatal(err)
			}
		},
		Check: func(t *testing.T, _ *engine.Engine, name string) string { return check(t, name) },
	})
	err := fs.WalkDir(files, "sql", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Dir(name) == "sql/files" {
			return err
		}
		if base := strings.TrimSuffix(path.Base(name), ".sql"); !slices.Contains(ran, base) {
			t.Errorf("no case runs %s", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// check is the text of a check, of whatever target.
func check(t *testing.T, name string) string {
	for _, target := range targets {
		if text, err := files.ReadFile("sql/check/" + target.name + "/" + name + ".sql"); err == nil {
			return string(text)
		}
	}
	t.Fatalf("there is no check %s", name)
	return ""
}

// Every file of sql/files is one that a target writes.
func TestEveryFileIsWritten(t *testing.T) {
	entries, err := files.ReadDir("sql/files")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".sql")
		if !slices.ContainsFunc(targets, func(t target) bool { return slices.Contains(t.files, name) }) {
			t.Errorf("no target writes sql/files/%s", entry.Name())
		}
	}
}

// A promise that cannot be judged, because a side is missing, is broken.
func TestChecksFailWhereASideIsMissing(t *testing.T) {
	stagetest.ComparesNULL(t, files, "sql/check")
}
