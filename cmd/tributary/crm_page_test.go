package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the page about the CRM's figures shows is what its commands print: the last one of each block
// that an output follows. UPDATE_DOCS=1 writes it.
func TestOutputsOfTheCRMPage(t *testing.T) {
	page, err := filepath.Abs(filepath.Join(repository, "docs", "crm_attribution.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	beside := t.TempDir()
	if err := os.CopyFS(filepath.Join(beside, "testdata"), os.DirFS(filepath.Join(repository, "testdata"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(beside)
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```\n\n<!-- output -->\n```text\n(.*?)```")
	found := 0
	updated := blocks.ReplaceAllStringFunc(string(text), func(block string) string {
		found++
		parts := blocks.FindStringSubmatch(block)
		var stdout bytes.Buffer
		for _, line := range commandsOf(parts[1]) {
			stdout.Reset()
			var stderr bytes.Buffer
			if code := Main(strings.Fields(strings.ReplaceAll(line, "'", ""))[1:], &stdout, &stderr); code != 0 {
				t.Fatalf("%s: exit code %d\n%s", line, code, &stderr)
			}
		}
		if stdout.String() != parts[2] && os.Getenv("UPDATE_DOCS") == "" {
			t.Errorf("%s\nprints\n%s\nand the page shows\n%s", parts[1], &stdout, parts[2])
		}
		return "```sh\n" + parts[1] + "```\n\n<!-- output -->\n```text\n" + stdout.String() + "```"
	})
	if found != 3 {
		t.Errorf("%d blocks with an output, want 3", found)
	}
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(page, []byte(updated), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
