package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tributary-engine/tributary/internal/config"
)

// Texts that YAML would read as something else, or would lose.
func TestMarshalKeepsEveryText(t *testing.T) {
	job, err := config.Parse("t.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	job.SalesChannels = []string{
		"~", "null", "true", "True", "yes", "no", "010", "1e3", "1_000", "0x1F", ".inf", "-", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "%a", "@a", "`a`",
		"{a}", "[a]", ",", "?", "? a", "|", ">", "'", "\"", "\\", "\\n", " a", "a ", "\t", "a\tb", "a\nb", "a\n", "\na", "a\r\nb", "\x01", "\x7f", "\u0085", "\u00a0",
		"\u2028", "\ufeff", "😀", "é", "e\u0301", "<<", "<a>&", "=", "2020-01-01", "12:30", "---", "...", "{{}}", "${x}", "'); DROP TABLE t; --",
		strings.Repeat("long ", 100),
	}
	job.Tables["touchpoints"] = config.Sources{{Files: []string{"a [1]*.csv", "-rf", "a\nb.csv"}, Delimiter: "\t"}}
	for _, text := range job.SalesChannels {
		one := job
		one.SalesChannels = []string{text, "after"}
		one.SourceGroups = map[string][]string{"marketing": {"*"}, "sales": one.SalesChannels}
		roundTrip(t, one)
	}
	job.SourceGroups = map[string][]string{"marketing": {"*"}, "sales": job.SalesChannels}
	roundTrip(t, job)
}

func roundTrip(t *testing.T, job config.Job) []byte {
	t.Helper()
	written, err := job.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again, err := config.Parse("config.yaml", written)
	if err != nil {
		t.Errorf("%v in\n%s", err, written)
		return nil
	}
	onlyFromFlags := cmpopts.IgnoreFields(config.Job{}, "Out", "TempDir", "Threads", "MemoryLimit")
	if diff := cmp.Diff(job, again, onlyFromFlags, cmpopts.IgnoreFields(config.Source{}, "Paths")); diff != "" {
		t.Errorf("%s in\n%s", diff, written)
	}
	return written
}

func TestMarshalNamesNoPathOfTheMachine(t *testing.T) {
	directory, elsewhere := t.TempDir(), t.TempDir()
	write(t, filepath.Join(directory, "opportunities.csv"), "")
	write(t, filepath.Join(elsewhere, "touches.csv"), "")
	file := filepath.Join(directory, "tributary.yaml")
	write(t, file, "tables: {touchpoints: {file: "+filepath.Join(elsewhere, "touches.csv")+"}}\nas_of: 2025-03-30\nreporting: {time_zone: Europe/Berlin}\n")
	job, _, err := config.Load(file, "")
	if err != nil {
		t.Fatal(err)
	}
	job, err = job.With(config.Overrides{Out: "/somewhere/out", TempDir: "/somewhere/tmp", Threads: 3, MemoryLimit: "2GiB"})
	if err != nil {
		t.Fatal(err)
	}
	written := roundTrip(t, job)
	for _, path := range []string{directory, elsewhere, "/somewhere", "threads"} {
		if strings.Contains(string(written), path) {
			t.Errorf("%s is named in\n%s", path, written)
		}
	}
	wantFile(t, "testdata/resolved.yaml", written)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
