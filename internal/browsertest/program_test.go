package browsertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
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
// prints, as wide as the picture of a terminal.
func (p place) run(t *testing.T, line string) string {
	t.Helper()
	words := strings.Fields(strings.ReplaceAll(line, "'", "")) // no command of the docs quotes a space
	command := exec.CommandContext(t.Context(), p.program, words[1:]...)
	command.Dir = p.directory
	command.Env = append(os.Environ(), "COLUMNS="+strconv.Itoa(terminalColumns))
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, &stderr)
	}
	return stdout.String()
}

// The directories of the runs that the commands of docs/pictures.md publish.
const (
	companyRun = "out/pictures/company/out/current"
	exportRun  = "out/pictures/export/current"
)

// A session is the commands of one block of docs/pictures.md and what they printed, as the picture
// of that name shows it; without a name, no picture does.
type session struct {
	picture string
	lines   []string
}

var shellBlock = regexp.MustCompile("(?s)(?:<!-- picture: ([a-z_]+\\.svg) -->\n)?```sh\n(.*?)```")

// walk runs all commands of docs/pictures.md, in their order.
func (p place) walk(t *testing.T) []session {
	t.Helper()
	text, err := os.ReadFile(picturesPage)
	if err != nil {
		t.Fatal(err)
	}
	var sessions []session
	for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		s := session{picture: block[1]}
		for command := range strings.Lines(block[2]) {
			if len(s.lines) > 0 {
				s.lines = append(s.lines, "")
			}
			command = strings.TrimSpace(command)
			s.lines = append(s.lines, typed(command)...)
			s.lines = append(s.lines, strings.Split(strings.TrimRight(p.run(t, command), "\n"), "\n")...)
		}
		sessions = append(sessions, s)
	}
	return sessions
}
