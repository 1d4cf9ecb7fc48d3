package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

// inputs makes a directory of empty files.
func inputs(t *testing.T, names ...string) string {
	t.Helper()
	directory := t.TempDir()
	for _, name := range names {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(directory, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(directory, name), "")
	}
	return directory
}

func TestFromDirectory(t *testing.T) {
	directory := inputs(t, "touchpoints.csv.gz", "opportunities.parquet", "costs.jsonl", "Notes.txt", "contacts.xlsx", ".hidden", "sub/leads.csv")
	job, ignored, err := config.FromDirectory(directory)
	if err != nil {
		t.Fatal(err)
	}
	source := func(name string) config.Source {
		return config.Source{Files: []string{name}, Paths: []string{filepath.Join(directory, name)}}
	}
	want := map[string]config.Sources{"touchpoints": {source("touchpoints.csv.gz")}, "opportunities": {source("opportunities.parquet")}, "costs": {source("costs.jsonl")}}
	if diff := cmp.Diff(want, job.Tables); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Notes.txt", "contacts.xlsx"}, ignored); diff != "" {
		t.Error(diff)
	}
}

// Messages name the directory as DIR.
var wrongInputs = []struct {
	name   string
	files  []string
	config string // empty: no configuration
	code   failure.Code
	want   string
}{
	{"two files of one table", []string{"touchpoints.csv", "touchpoints.parquet", "opportunities.csv"}, "", failure.Usage,
		"DIR: touchpoints.csv and touchpoints.parquet are both files of touchpoints\nhint: remove one, or name the files under tables.touchpoints.files of a configuration"},
	{"missing table, near name", []string{"touchpoints.csv", "Opportunitys.csv", "x.txt"}, "", failure.Contract,
		"DIR: no file of opportunities: want opportunities.csv, .csv.gz, .csv.zst, .parquet, .jsonl, .jsonl.gz, .jsonl.zst; is it Opportunitys.csv?\nhint: rename it, or name it under tables.opportunities.files of a configuration"},
	{"no main table, other names", []string{"a.csv", "b.csv"}, "", failure.Contract,
		"DIR: no file of touchpoints or opportunities, and a run needs at least one of them: want touchpoints.csv, .csv.gz, .csv.zst, .parquet, .jsonl, .jsonl.gz, .jsonl.zst; found a.csv, b.csv\n" +
			"hint: rename the file, or name it under tables.touchpoints.files of a configuration; `tributary init --from DIR` writes one for exports that it recognises"},
	{"empty directory", nil, "", failure.Contract,
		"DIR: no file of touchpoints or opportunities, and a run needs at least one of them: want touchpoints.csv, .csv.gz, .csv.zst, .parquet, .jsonl, .jsonl.gz, .jsonl.zst; the directory has no other file\n" +
			"hint: rename the file, or name it under tables.touchpoints.files of a configuration; `tributary init --from DIR` writes one for exports that it recognises"},
	{"missing file", []string{"Members.csv", "opportunities.csv"}, "tables: {touchpoints: {file: Member.csv}}", failure.Contract,
		"tables.touchpoints: there is no file Member.csv in DIR (did you mean Members.csv?)"},
	{"never a pattern", []string{"touches1.csv", "opportunities.csv"}, `tables: {touchpoints: {file: "touches[1].csv"}}`, failure.Contract,
		"tables.touchpoints: there is no file touches[1].csv in DIR (did you mean touches1.csv?)"},
	{"described, not there", []string{"touchpoints.csv", "opportunities.csv"}, "tables: {costs: {columns: {amount: Spend}}}", failure.Contract,
		"DIR: no file of costs: want costs.csv, .csv.gz, .csv.zst, .parquet, .jsonl, .jsonl.gz, .jsonl.zst; found tributary.yaml\nhint: rename it, or name it under tables.costs.files of a configuration"},
	{"a directory as file", []string{"touchpoints.csv/x", "opportunities.csv"}, "tables: {touchpoints: {file: touchpoints.csv}}", failure.Contract,
		"tables.touchpoints: touchpoints.csv is a directory: want a plain file"},
	{"no directory", nil, "input: {directory: nowhere}", failure.Contract, "there is no input directory DIR/nowhere"},
}

func TestWrongInputs(t *testing.T) {
	for _, c := range wrongInputs {
		t.Run(c.name, func(t *testing.T) {
			directory := inputs(t, c.files...)
			var err error
			if c.config == "" {
				_, _, err = config.FromDirectory(directory)
			} else {
				file := filepath.Join(directory, "tributary.yaml")
				write(t, file, c.config)
				_, _, err = config.Load(file, "")
			}
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(c.want, strings.ReplaceAll(err.Error(), directory, "DIR")); diff != "" {
				t.Error(diff)
			}
			if failure.CodeOf(err) != c.code {
				t.Errorf("exit code %d, want %d", failure.CodeOf(err), c.code)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	directory := inputs(t, "data/My [1] touches*.csv", "data/-rf", "data/opportunities.csv", "data/contacts.csv", "data/extra.csv")
	file := filepath.Join(directory, "tributary.yaml")
	write(t, file, "input: {directory: data}\ntables: {touchpoints: {files: ['My [1] touches*.csv', -rf]}}\n")
	job, ignored, err := config.Load(file, "")
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(directory, "data")
	want := map[string]config.Sources{
		"touchpoints":   {{Files: []string{"My [1] touches*.csv", "-rf"}, Paths: []string{filepath.Join(data, "My [1] touches*.csv"), filepath.Join(data, "-rf")}}},
		"opportunities": {{Files: []string{"opportunities.csv"}, Paths: []string{filepath.Join(data, "opportunities.csv")}}},
		"contacts":      {{Files: []string{"contacts.csv"}, Paths: []string{filepath.Join(data, "contacts.csv")}}},
	}
	if diff := cmp.Diff(want, job.Tables); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"extra.csv"}, ignored); diff != "" {
		t.Error(diff)
	}
	// The published configuration works on the same files, wherever they are.
	written, err := job.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	published := filepath.Join(t.TempDir(), "config.yaml")
	write(t, published, string(written))
	again, _, err := config.Load(published, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(job, again); diff != "" {
		t.Error(diff)
	}
}

func TestSymbolicLinksAreRefused(t *testing.T) {
	directory := inputs(t, "elsewhere", "opportunities.csv")
	if err := os.Symlink("elsewhere", filepath.Join(directory, "touchpoints.csv")); err != nil {
		t.Fatal(err)
	}
	_, _, err := config.FromDirectory(directory)
	if err == nil || err.Error() != "tables.touchpoints: touchpoints.csv is a symbolic link: want a plain file" {
		t.Error(err)
	}
}

func TestMissingConfiguration(t *testing.T) {
	_, _, err := config.Load(filepath.Join(t.TempDir(), "x.yaml"), "")
	if failure.CodeOf(err) != failure.Usage || !strings.Contains(err.Error(), "there is no configuration ") {
		t.Error(err)
	}
}
