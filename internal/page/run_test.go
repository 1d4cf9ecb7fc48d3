package page

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
)

// runOf runs the job on a directory of input files, which may have a configuration, and returns the
// directory of the run.
func runOf(t *testing.T, in string) string {
	t.Helper()
	var settings config.Job
	var err error
	if file := filepath.Join(in, "tributary.yaml"); exists(file) {
		settings, _, err = config.Load(file, "")
	} else {
		settings, _, err = config.FromDirectory(in)
	}
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if settings, err = settings.With(config.Overrides{Out: out, Threads: 2, Tables: "none", Credits: "none"}); err != nil {
		t.Fatal(err)
	}
	if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now, Documents: []job.Document{Write}}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(out, "runs", "000001")
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// inputOf is a directory with these files.
func inputOf(t *testing.T, files map[string]string) string {
	t.Helper()
	in := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

// open opens the reports of a run until the test ends.
func open(t *testing.T, directory string) *published.Run {
	t.Helper()
	manifest, err := runs.ReadManifest(directory)
	if err != nil {
		t.Fatal(err)
	}
	run, err := published.Open(context.Background(), directory, manifest)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { run.Close() })
	return run
}

// read is the page of a run, as it was published.
func read(t *testing.T, directory string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(directory, File))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// parse is the tree of a page.
func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// elements visits every element of a tree.
func elements(root *html.Node, visit func(*html.Node)) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// textOf is the text of an element.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// columnOf is a column of a CSV file.
func columnOf(t *testing.T, file, column string) []string {
	t.Helper()
	var found []string
	for _, row := range csvtest.Rows(t, file) {
		if row[column] != "" {
			found = append(found, row[column])
		}
	}
	return found
}
