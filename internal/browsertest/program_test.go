package browsertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const repository = "../.."

// program builds the program as a user has it.
func program(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "tributary")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", name, "./cmd/tributary")
	build.Dir = repository
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, output)
	}
	return name
}

// A place is a directory with the bundled export, in which the commands of the documentation run.
type place struct{ program, directory string }

func newPlace(t *testing.T) place {
	t.Helper()
	p := place{program(t), t.TempDir()}
	if err := os.CopyFS(filepath.Join(p.directory, "testdata"), os.DirFS(filepath.Join(repository, "testdata"))); err != nil {
		t.Fatal(err)
	}
	return p
}

// run runs a command of the documentation, which begins with bin/tributary, and returns what it
// prints on a terminal of so many columns.
func (p place) run(t *testing.T, line string, columns string) string {
	t.Helper()
	words := strings.Fields(strings.ReplaceAll(line, "'", "")) // no command of the docs quotes a space
	command := exec.CommandContext(t.Context(), p.program, words[1:]...)
	command.Dir = p.directory
	command.Env = append(os.Environ(), "COLUMNS="+columns)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, &stderr)
	}
	return stdout.String()
}

// The two runs that the tests look at, with the commands that make them and their directories.
var (
	madeUpCompany = [2]string{"bin/tributary init company", "bin/tributary run --config company/tributary.yaml --out out/company"}
	bundledExport = "bin/tributary run --config testdata/sercante_campaign_influence/tributary.yaml --out out/export"
)

func (p place) company(t *testing.T) string {
	t.Helper()
	for _, line := range madeUpCompany {
		p.run(t, line, "80")
	}
	return filepath.Join(p.directory, "out", "company", "current")
}

func (p place) export(t *testing.T) string {
	t.Helper()
	p.run(t, bundledExport, "80")
	return filepath.Join(p.directory, "out", "export", "current")
}
