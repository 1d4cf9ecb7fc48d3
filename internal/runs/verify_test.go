package runs

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/failure"
)

func TestVerify(t *testing.T) {
	edit := func(name, from, to string) func(dir string) error {
		return func(dir string) error {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name), []byte(strings.Replace(string(text), from, to, 1)), 0o600)
		}
	}
	for name, c := range map[string]struct {
		damage func(dir string) error
		want   []string
	}{
		"nothing": {func(string) error { return nil }, nil},
		"missing": {func(dir string) error { return os.Remove(filepath.Join(dir, "credits.parquet")) }, []string{"credits.parquet: missing: it is in the manifest, but not in the run"}},
		"longer":  {edit("reports/a.csv", "content", "content!"), []string{"reports/a.csv: changed: 8 bytes, the manifest says 7"}},
		"a byte":  {edit("reports/a.csv", "content", "Content"), []string{"reports/a.csv: changed: sha256 47bd29075f8b8019f0beec6d86beda7c9bf67aaf05053dcbe0b3bcb63968517f, the manifest says ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"}},
		"extra":   {func(dir string) error { return os.WriteFile(filepath.Join(dir, "reports/b.csv"), nil, 0o600) }, []string{"reports/b.csv: extra: it is not in the manifest"}},
		"a link": {func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "credits.parquet")), os.Symlink("reports/a.csv", filepath.Join(dir, "credits.parquet")))
		}, []string{"credits.parquet: changed: it is not a regular file any more"}},
		"no manifest":      {func(dir string) error { return os.Remove(filepath.Join(dir, manifestFile)) }, []string{"manifest.json: missing: there is no manifest"}},
		"an empty one":     {func(dir string) error { return os.Truncate(filepath.Join(dir, manifestFile), 0) }, []string{"manifest.json: damaged: it is truncated"}},
		"a cut one":        {func(dir string) error { return os.Truncate(filepath.Join(dir, manifestFile), 100) }, []string{"manifest.json: damaged: it is truncated"}},
		"a figure changed": {edit(manifestFile, `"bytes": 7`, `"bytes": 8`), []string{"manifest.json: damaged: it was changed after it was written"}},
		"a word changed":   {edit(manifestFile, `"program": "test"`, `"program": "tes"`), []string{"manifest.json: damaged: it was changed after it was written"}},
		"something behind": {edit(manifestFile, "\n}\n", "\n}\n{}\n"), []string{"manifest.json: damaged: it was changed after it was written"}},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			if err := publish(out, "content", openDisk); err != nil {
				t.Fatal(err)
			}
			if err := c.damage(filepath.Join(out, current)); err != nil {
				t.Fatal(err)
			}
			problems, err := Verify(filepath.Join(out, current))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := Verify(filepath.Join(t.TempDir(), "x")); failure.CodeOf(err) != failure.Usage {
		t.Error(err)
	}
}

func TestDamagedCurrentNamesTheLastGoodRun(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(out string) error
		want   string
	}{
		"dangling": {func(out string) error { return os.RemoveAll(filepath.Join(out, "runs/000002")) }, "OUT/current points to runs/000002, which does not exist\nhint: run again, or point current at the last good run, 000001, with `ln -sfn runs/000001 OUT/current`"},
		"gone":     {func(out string) error { return os.Remove(filepath.Join(out, current)) }, "OUT/current is missing\nhint: run again, or point current at the last good run, 000002, with `ln -sfn runs/000002 OUT/current`"},
		"leads away": {func(out string) error {
			return errors.Join(os.Remove(filepath.Join(out, current)), os.Symlink("/etc", filepath.Join(out, current)))
		}, "OUT/current points to /etc, which is not a run\nhint: run again, or point current at the last good run, 000002, with `ln -sfn runs/000002 OUT/current`"},
		"a file": {func(out string) error {
			return errors.Join(os.Remove(filepath.Join(out, current)), os.WriteFile(filepath.Join(out, current), nil, 0o600))
		}, "OUT/current is not a symbolic link\nhint: run again, or point current at the last good run, 000002, with `ln -sfn runs/000002 OUT/current`"},
		"no manifest": {func(out string) error { return os.Remove(filepath.Join(out, "runs/000002/manifest.json")) }, "OUT/current points to runs/000002, whose manifest is damaged (the manifest of OUT/runs/000002: openat manifest.json: no such file or directory)\nhint: run again, or point current at the last good run, 000001, with `ln -sfn runs/000001 OUT/current`"},
		"all are damaged": {func(out string) error {
			return errors.Join(os.Truncate(filepath.Join(out, "runs/000002/manifest.json"), 9), os.Remove(filepath.Join(out, "runs/000001/credits.parquet")))
		}, "OUT/current points to runs/000002, whose manifest is damaged (the manifest of OUT/runs/000002: it is truncated), and no run in OUT/runs is good\nhint: run again"},
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			for _, content := range []string{"one", "two"} {
				if err := publish(out, content, openDisk); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.damage(out); err != nil {
				t.Fatal(err)
			}
			_, err := Current(out)
			if err == nil || errors.Is(err, ErrNone) {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, strings.ReplaceAll(err.Error(), out, "OUT")); diff != "" {
				t.Error(diff)
			}
			if name == "a file" {
				return // refused by the next run as well
			}
			if err := publish(out, "next", openDisk); err != nil || state(t, out) != "next" {
				t.Error("the next run does not mend it:", err)
			}
		})
	}
}

func TestWithoutRuns(t *testing.T) {
	if _, err := Current(t.TempDir()); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
	if _, err := List(filepath.Join(t.TempDir(), "x")); failure.CodeOf(err) != failure.Usage {
		t.Error(err)
	}
	if runs, err := List(t.TempDir()); err != nil || len(runs) != 0 {
		t.Error(runs, err)
	}
}
