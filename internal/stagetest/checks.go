package stagetest

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// unlike finds a comparison that is neither true nor false if a side is NULL. One with a text, such
// as channel <> '(all)', chooses rows.
var unlike = regexp.MustCompile(`(<>|!=) *[^ ']|\bNOT \([^()]* = `)

// ComparesNULL wants every SQL file of a folder, and of the folders in it, to compare with IS
// DISTINCT FROM: the other comparisons let a promise pass that cannot be judged, because a side is
// missing.
func ComparesNULL(t *testing.T, files fs.FS, folder string) {
	t.Helper()
	checked := 0
	err := fs.WalkDir(files, folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		for line := range strings.Lines(string(text)) {
			if found := unlike.FindString(line); found != "" {
				t.Errorf("%s compares with %q; use IS DISTINCT FROM: %s", path, found, strings.TrimSpace(line))
			}
		}
		checked++
		return err
	})
	if err != nil || checked == 0 {
		t.Fatal(checked, err)
	}
}
