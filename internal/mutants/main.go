// Mutants breaks the program on purpose, one small change at a time, and reports the changes that
// no fast test notices. CONTRIBUTING.md says how to add one.
//
//	go run ./internal/mutants [-only REGEX] [-skip REGEX]
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const list = "internal/mutants/mutants.txt"

// endToEnd is what may catch any mutant: the cases of testdata/trial, the companies worked by hand,
// and some worlds of the oracle.
const endToEnd = "./cmd/tributary ./internal/acceptance -run Trial|ByHand|Oracle"

// A mutant is one change to one file. Its text occurs there exactly once.
type mutant struct {
	name, file, from, to string
	tests                []string // arguments of go test, the first that fails catches it
	line                 int      // of the list
}

func main() {
	only := flag.String("only", "", "try only mutants whose name matches this `REGEX`")
	skip := flag.String("skip", "", "leave out tests whose name matches this `REGEX`, as go test -skip does")
	flag.Parse()
	if err := run(os.Stdout, ".", *only, *skip); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

// run tries the mutants of the list of the module in directory root.
func run(out io.Writer, root, only, skip string) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(root, list))
	if err != nil {
		return err
	}
	all, err := parse(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", list, err)
	}
	var mutants []mutant
	tests := map[string]bool{}
	for _, m := range all {
		if _, err := m.apply(root); err != nil { // of all of them, before hours of work
			return err
		}
		if pattern.MatchString(m.name) {
			mutants = append(mutants, m)
			for _, test := range m.tests {
				tests[test] = true
			}
		}
	}
	// A test that fails anyway would catch everything.
	for test := range tests {
		if failed, err := tryTest(root, "", skip, test); err != nil || failed != "" {
			return errors.Join(err, fmt.Errorf("go test %s fails without any mutant (%s)", test, failed))
		}
	}
	survived := 0
	for _, m := range mutants {
		begin := time.Now()
		failed, err := m.try(root, skip)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		sentence := "caught by " + failed
		if failed == "" {
			survived++
			sentence = fmt.Sprintf("SURVIVED: %s: %q instead of %q", m.file, m.to, m.from)
		}
		fmt.Fprintf(out, "%-40s %4.0f s  %s\n", m.name, time.Since(begin).Seconds(), sentence)
	}
	fmt.Fprintf(out, "mutants: %d, survivors: %d\n", len(mutants), survived)
	if survived > 0 {
		return errors.New("no fast test notices the survivors: add a test for each (a case in testdata/trial is often the shortest)")
	}
	return nil
}

// parse reads the list: paragraphs of lines "mutant NAME", "file PATH", "from TEXT", "to TEXT" and,
// where the usual tests do not do, "test ARGUMENTS OF GO TEST". Lines that begin with # are
// comments.
func parse(text string) ([]mutant, error) {
	var all []mutant
	names := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if word != "mutant" && len(all) == 0 {
			return nil, fmt.Errorf("line %d: the first line has to be: mutant NAME", i+1)
		}
		switch word {
		case "mutant":
			if names[rest] || rest == "" {
				return nil, fmt.Errorf("line %d: the name %q is empty or taken", i+1, rest)
			}
			names[rest] = true
			all = append(all, mutant{name: rest, line: i + 1})
		case "file":
			all[len(all)-1].file = rest
		case "from":
			all[len(all)-1].from = rest
		case "to":
			all[len(all)-1].to = rest
		case "test":
			all[len(all)-1].tests = append(all[len(all)-1].tests, rest)
		default:
			return nil, fmt.Errorf("line %d: %q is not mutant, file, from, to or test", i+1, word)
		}
	}
	for i, m := range all {
		if m.file == "" || m.from == "" || m.from == m.to {
			return nil, fmt.Errorf("line %d: mutant %s needs a file, and a text to replace by another one", m.line, m.name)
		}
		if m.tests == nil {
			folder, _, _ := strings.Cut(filepath.ToSlash(filepath.Dir(m.file)), "/sql")
			all[i].tests = []string{"./" + folder, endToEnd}
		}
	}
	return all, nil
}

// apply returns the file with the change made.
func (m mutant) apply(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %s: %w", list, m.line, m.name, err)
	}
	if n := bytes.Count(text, []byte(m.from)); n != 1 {
		return nil, fmt.Errorf("%s:%d: %s: %s holds %q %d times, not once", list, m.line, m.name, m.file, m.from, n)
	}
	return bytes.Replace(text, []byte(m.from), []byte(m.to), 1), nil
}

// try runs the tests with the change made, and returns what failed first; "" if nothing did.
// Nothing in the tree is touched: the go command reads the changed file in place of the original
// one, embedded files too.
func (m mutant) try(root, skip string) (failed string, err error) {
	changed, err := m.apply(root)
	if err != nil {
		return "", err
	}
	original, err := filepath.Abs(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	temp, err := os.MkdirTemp("", "mutant-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	replacement, overlay := filepath.Join(temp, filepath.Base(m.file)), filepath.Join(temp, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {original: replacement}})
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.WriteFile(replacement, changed, 0o600), os.WriteFile(overlay, replace, 0o600)); err != nil {
		return "", err
	}
	for _, test := range m.tests {
		if failed, err = tryTest(root, overlay, skip, test); failed != "" || err != nil {
			return failed, err
		}
	}
	return "", nil
}

var (
	firstFailure = regexp.MustCompile(`(?m)^ *--- FAIL: (\S+)`)
	// What is no longer Go or SQL is refused by every test and proves nothing.
	notAProgram = regexp.MustCompile(`\[(build|setup) failed\]|(Parser|Binder|Catalog) Error`)
)

// tryTest runs go test, and returns the name of the last test of the first failure; "" if there is
// none.
func tryTest(root, overlay, skip, test string) (failed string, err error) {
	args := []string{"test", "-count=1", "-failfast", "-timeout=20m"}
	if overlay != "" {
		args = append(args, "-overlay="+overlay)
	}
	if skip != "" {
		args = append(args, "-skip="+skip)
	}
	command := exec.Command("go", append(args, strings.Fields(test)...)...)
	command.Dir = root
	output, err := command.CombinedOutput()
	if err == nil {
		return "", nil
	}
	if _, ok := errors.AsType[*exec.ExitError](err); !ok {
		return "", err
	}
	if notAProgram.Match(output) {
		return "", fmt.Errorf("go test %s:\n%s", test, output)
	}
	failed = test
	for _, found := range firstFailure.FindAllSubmatch(output, 2) { // a test, and the first of its cases
		if name := string(found[1]); failed == test || strings.HasPrefix(name, failed+"/") {
			failed = name
		}
	}
	return failed, nil
}
