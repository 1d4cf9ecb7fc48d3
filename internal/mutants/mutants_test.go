package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every mutant of the list can still be made. Where this fails after a change of the program, move
// the mutant to the new text.
func TestEveryMutantFindsItsText(t *testing.T) {
	const root = "../.."
	text, err := os.ReadFile(filepath.Join(root, list))
	if err != nil {
		t.Fatal(err)
	}
	mutants, err := parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(mutants) < 25 {
		t.Errorf("only %d mutants", len(mutants))
	}
	for _, m := range mutants {
		if _, err := m.apply(root); err != nil {
			t.Error(err)
		}
	}
}

// Survivors are reported, and what is no program any more does not count as caught.
func TestSurvivorsAreReported(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOFLAGS", "")
	write("go.mod", "module example\n\ngo 1.24\n")
	write("p/sql/two.sql", "SELECT 2")
	write("p/p.go", "package p\n\nimport _ \"embed\"\n\n//go:embed sql/two.sql\nvar two string\n\nfunc less(a, b int) bool { return a < b }\n")
	write("p/p_test.go", "package p\n\nimport \"testing\"\n\nfunc TestLess(t *testing.T) {\n\tif !less(1, 2) || two != \"SELECT 2\" {\n\t\tt.Error(\"wrong\")\n\t}\n}\n")
	const caught = "mutant greater\nfile p/p.go\nfrom a < b\nto a > b\ntest ./p\n\nmutant embedded\nfile p/sql/two.sql\nfrom 2\nto 3\ntest ./p\n"
	for _, c := range []struct{ name, mutants, out, err string }{
		{"caught", caught, "survivors: 0", ""},
		{"survivor", caught + "mutant equal\nfile p/p.go\nfrom a < b\nto a <= b\ntest ./p\n", "survivors: 1", "survivors"},
		{"no program", "mutant broken\nfile p/p.go\nfrom a < b\nto a <\ntest ./p\n", "", "build failed"},
		{"twice", "mutant a\nfile p/p.go\nfrom p\nto q\ntest ./p\n", "", "times, not once"},
		{"gone", "mutant a\nfile p/p.go\nfrom nowhere\nto q\ntest ./p\n", "", "0 times, not once"},
		{"no change", "mutant a\nfile p/p.go\nfrom a < b\nto a < b\n", "", "needs a file"},
		{"same name", caught + caught, "", "taken"},
		{"unknown word", "mutant a\nfiel p/p.go\n", "", "is not mutant"},
	} {
		write(list, c.mutants)
		var out bytes.Buffer
		err := run(&out, root, "", "")
		if (err == nil) != (c.err == "") || (err != nil && !strings.Contains(err.Error(), c.err)) || !strings.Contains(out.String(), c.out) {
			t.Errorf("%s: %v\n%s", c.name, err, &out)
		}
	}
	write(list, caught)
	write("p/p_test.go", "package p\n\nimport \"testing\"\n\nfunc TestLess(t *testing.T) { t.Error(\"always\") }\n")
	if err := run(&bytes.Buffer{}, root, "", ""); err == nil || !strings.Contains(err.Error(), "without any mutant") {
		t.Errorf("a test that fails anyway: %v", err)
	}
}
