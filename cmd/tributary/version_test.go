package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/version"
)

// The newest version of the changelog is the one that the program says it is. What is not released
// yet may stand above it.
func TestTheChangelogKnowsTheVersion(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	if newest := regexp.MustCompile(`(?m)^## (\d.+)$`).FindStringSubmatch(string(text)); newest == nil || newest[1] != version.Program {
		t.Errorf("the program is %s, the changelog begins with %q", version.Program, newest)
	}
}

// The configuration of a run of another version, where it is not understood any more, is not called
// wrong.
func TestAnotherVersionIsNamed(t *testing.T) {
	_, err := published.Settings(filepath.Join("testdata", "run_of_0.1.0"))
	for _, want := range []string{"was made by tributary 0.1.0, and this is " + version.Program + ": ", "\nhint: explain it with that version, or run again"} {
		if failure.CodeOf(err) != failure.Usage || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
