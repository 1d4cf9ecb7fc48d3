package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
)

const trials = repository + "/testdata/trial"

// A trial is the expect.txt of a folder of testdata/trial: one line per expectation.
// CONTRIBUTING.md describes the grammar.
type trial []expectation

type expectation struct {
	line       int    // of expect.txt
	text       string // the line as it is written
	word, name string // report channel_performance
	where      []cell
	want       []cell // of a report: its values; of a sum: its totals
	code       int
	pattern    *regexp.Regexp
}

type cell struct{ column, value string }

// A trialRun is what one run of the program left behind.
type trialRun struct {
	code   int
	stderr string
	tables map[string]grid // reports/channel_performance, quarantine/costs; those read so far
	read   func(name string) (grid, error)
}

// parseTrial reads an expect.txt. The comment of a case has to give its source, what went wrong,
// and why the expected value is right.
func parseTrial(text string) (trial, error) {
	var all trial
	comment, exits := "", 0
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			comment += line + "\n"
			continue
		}
		e, err := parseExpectation(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %q: %w", i+1, line, err)
		}
		if e.word == "exit" {
			exits++
		}
		e.line = i + 1
		all = append(all, e)
	}
	for _, needed := range []string{"# Source: ", "# Wrong: ", "# Right: "} {
		if !strings.Contains(comment, needed) {
			return nil, fmt.Errorf("no comment line begins with %q", needed)
		}
	}
	if exits != 1 || all[0].word != "exit" {
		return nil, errors.New("the first line has to be the exit code (exit 0), and the only such line")
	}
	if all[0].code == 0 && len(all) == 1 {
		return nil, errors.New("a run that succeeds needs a line about what it published")
	}
	return all, nil
}

func parseExpectation(line string) (e expectation, err error) {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	e = expectation{text: line, word: word}
	parts := strings.Split(rest, "|")
	groups := map[string]int{"report": 3, "sum": 3, "none": 2, "quarantine": 2}[word]
	switch word {
	case "exit":
		e.code, err = strconv.Atoi(rest)
		return e, err
	case "stderr", "not-stderr":
		if rest == "" {
			return e, errors.New("an expression is missing")
		}
		e.pattern, err = regexp.Compile(rest)
		return e, err
	case "finding":
		words := strings.Fields(rest)
		if len(words) != 3 {
			return e, errors.New("want: finding TABLE CHECK ROWS")
		}
		e.name = "data_quality"
		e.where, e.want = []cell{{"table", words[0]}, {"check", words[1]}}, []cell{{"rows", words[2]}}
		return e, nil
	case "report", "sum", "none", "quarantine":
		if len(parts) != groups {
			return e, fmt.Errorf("want %d parts between |, found %d", groups, len(parts))
		}
	default:
		return e, fmt.Errorf("%q is no kind of expectation", word)
	}
	e.name = strings.TrimSpace(parts[0])
	if e.where, err = parseCells(parts[1]); err != nil || groups == 2 {
		return e, err
	}
	e.want, err = parseCells(parts[2])
	return e, err
}

// columnParts cuts a text at its semicolons, but not at those within a value.
func columnParts(text string) (parts []string) {
	for part := range strings.SplitSeq(text, ";") {
		if len(parts) > 0 && !strings.Contains(part, "=") {
			parts[len(parts)-1] += ";" + part
			continue
		}
		parts = append(parts, part)
	}
	return parts
}

func parseCells(text string) (cells []cell, err error) {
	for _, part := range columnParts(text) {
		column, value, found := strings.Cut(part, "=")
		c := cell{strings.TrimSpace(column), strings.TrimSpace(value)}
		if !found || c.column == "" {
			return nil, fmt.Errorf("%q is not column=value", strings.TrimSpace(part))
		}
		if slices.ContainsFunc(cells, func(other cell) bool { return other.column == c.column }) {
			return nil, fmt.Errorf("%s is there twice", c.column)
		}
		cells = append(cells, c)
	}
	return cells, nil
}

// plainDecimal leaves out what is text although it has only digits, such as the id 0010.
var plainDecimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// number reads a decimal exactly; nil is text.
func number(text string) *big.Rat {
	if !plainDecimal.MatchString(text) {
		return nil
	}
	r, _ := new(big.Rat).SetString(text)
	return r
}

// sameCell compares two decimals as numbers, without tolerance, and everything else as text.
func sameCell(a, b string) bool {
	x, y := number(a), number(b)
	if x != nil && y != nil {
		return x.Cmp(y) == 0
	}
	return a == b
}

func matching(rows []acceptance.Row, where []cell) []acceptance.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r acceptance.Row) bool {
		return slices.ContainsFunc(where, func(c cell) bool { return !sameCell(r[c.column], c.value) })
	})
}

// check says how the run differs from the expectation; nil if it does not.
func (e expectation) check(run trialRun) error {
	switch e.word {
	case "exit":
		if run.code != e.code {
			return fmt.Errorf("exit code %d", run.code)
		}
		return nil
	case "stderr", "not-stderr":
		if e.pattern.MatchString(run.stderr) != (e.word == "stderr") {
			return fmt.Errorf("stderr is\n%s", run.stderr)
		}
		return nil
	}
	path := "reports/" + e.name
	if e.word == "quarantine" {
		path = "quarantine/" + e.name
	}
	table, err := run.read(path)
	if err != nil {
		return err
	}
	for _, c := range slices.Concat(e.where, e.want) {
		if !slices.Contains(table.header, c.column) {
			return fmt.Errorf("%s has no column %q, but %s", path, c.column, strings.Join(table.header, ", "))
		}
	}
	// For a message, and for none: all conditions but the last.
	wider := matching(table.rows, e.where[:len(e.where)-1])
	rows := matching(wider, e.where[len(e.where)-1:])
	switch {
	case e.word == "none" && len(rows) > 0:
		return fmt.Errorf("%d rows: %s", len(rows), show(rows, e.where, nil))
	case e.word == "none" && len(wider) == 0:
		return errors.New("no row meets all conditions but the last, so the line cannot fail; put the condition that no row meets last")
	case e.word == "none":
		return nil
	case len(rows) == 0:
		return fmt.Errorf("no row; without the last condition %d: %s", len(wider), show(wider, e.where, e.want))
	case e.word != "sum" && len(rows) > 1:
		return fmt.Errorf("%d rows, want one: %s", len(rows), show(rows, nil, e.want))
	}
	var differences []string
	for _, c := range e.want {
		found := rows[0][c.column]
		if e.word == "sum" {
			if found, err = total(rows, c.column); err != nil {
				return err
			}
		}
		if !sameCell(found, c.value) {
			differences = append(differences, fmt.Sprintf("%s is %q", c.column, found))
		}
	}
	if differences != nil {
		return errors.New(strings.Join(differences, ", "))
	}
	return nil
}

// total adds a column up exactly. An empty cell is not 0: such a row has to be left out by a
// condition.
func total(rows []acceptance.Row, column string) (string, error) {
	sum := new(big.Rat)
	for _, r := range rows {
		x := number(r[column])
		if x == nil {
			return "", fmt.Errorf("%s is %q in a row, which cannot be added up", column, r[column])
		}
		sum.Add(sum, x)
	}
	digits, _ := sum.FloatPrec()
	return sum.FloatString(digits), nil
}

// show prints the columns of conditions and values of a few rows.
func show(rows []acceptance.Row, where, want []cell) string {
	var lines []string
	for _, r := range rows[:min(len(rows), 8)] {
		var cells []string
		for _, c := range slices.Concat(where, want) {
			cells = append(cells, c.column+"="+r[c.column])
		}
		if cells == nil {
			for _, column := range slices.Sorted(maps.Keys(r)) {
				cells = append(cells, column+"="+r[column])
			}
		}
		lines = append(lines, "\n\t"+strings.Join(cells, "; "))
	}
	return strings.Join(lines, "")
}

// runTrial runs the folder of a case as a user would: by its tributary.yaml if it has one, else by
// its canonical files.
func runTrial(t *testing.T, folder string) trialRun {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "out")
	if err := os.CopyFS(in, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	flags, err := os.ReadFile(filepath.Join(in, "flags.txt"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, notInput := range []string{"expect.txt", "flags.txt"} { // they would be named in a warning
		if err := os.RemoveAll(filepath.Join(in, notInput)); err != nil {
			t.Fatal(err)
		}
	}
	args := append([]string{"run", "--out", out, "--threads", "1"}, strings.Fields(string(flags))...)
	if configuration := filepath.Join(in, "tributary.yaml"); exists(configuration) {
		args = append(args, "--config", configuration)
	} else {
		args = append(args, "--input", in)
	}
	var stdout, stderr bytes.Buffer
	run := trialRun{code: mainBy(standing, nil, args, &stdout, &stderr), tables: map[string]grid{}}
	run.stderr = stderr.String()
	run.read = func(name string) (grid, error) {
		path := filepath.Join(out, "current", name+".csv")
		if _, found := run.tables[name]; !found {
			if !exists(path) {
				return grid{}, fmt.Errorf("the run published no %s.csv", name)
			}
			run.tables[name] = readGrid(t, path)
		}
		return run.tables[name], nil
	}
	return run
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Every case of testdata/trial comes out as its expect.txt says.
func TestTrial(t *testing.T) {
	folders, err := os.ReadDir(trials)
	if err != nil || len(folders) == 0 {
		t.Fatalf("%s holds %d cases: %v", trials, len(folders), err)
	}
	failed := atomic.Bool{}
	for i, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			if i%10 > 0 {
				acceptance.Nightly(t, "every tenth case is enough here")
			}
			t.Parallel()
			if failed.Load() && flag.Lookup("test.failfast").Value.String() == "true" {
				t.Skip("another case has failed")
			}
			defer func() { failed.CompareAndSwap(false, t.Failed()) }()
			path := filepath.Join(trials, folder.Name())
			text, err := os.ReadFile(filepath.Join(path, "expect.txt"))
			if err != nil {
				t.Fatal(err)
			}
			expected, err := parseTrial(string(text))
			if err != nil {
				t.Fatalf("expect.txt: %v", err)
			}
			run := runTrial(t, path)
			for _, e := range expected {
				if err := e.check(run); err != nil {
					t.Errorf("expect.txt:%d: %s\n\tfound: %v", e.line, e.text, err)
					continue
				}
				for _, wrong := range e.spoiled() {
					if wrong.check(run) == nil {
						t.Errorf("expect.txt:%d: %s\n\tcannot fail: it holds with %v %v too", e.line, e.text, wrong.where, wrong.want)
					}
				}
			}
			if t.Failed() && run.code != expected[0].code {
				t.Logf("stderr:\n%s", run.stderr)
			}
		})
	}
}

// spoiled are expectations that contradict this one, and so have to fail where it holds.
func (e expectation) spoiled() (wrong []expectation) {
	w := e
	switch e.word {
	case "exit":
		w.code++
		return []expectation{w}
	case "stderr":
		w.word = "not-stderr"
		return []expectation{w}
	case "not-stderr":
		w.word = "stderr"
		return []expectation{w}
	case "none":
		w.where = e.where[:len(e.where)-1]
		if len(w.where) == 0 {
			return nil // that the report has rows is checked above
		}
		return []expectation{w}
	}
	for i, c := range e.want {
		w := e
		w.want = slices.Clone(e.want)
		w.want[i].value = "1" + c.value
		if x := number(c.value); x != nil { // by as little as it can differ
			w.want[i].value = x.Add(x, big.NewRat(1, 1_000_000)).FloatString(6)
		}
		wrong = append(wrong, w)
	}
	for i, c := range e.where {
		w := e
		w.where = slices.Clone(e.where)
		w.where[i].value = c.value + " "
		wrong = append(wrong, w)
	}
	return wrong
}

// An expectation that is wrong fails, whatever its kind, and one that cannot be checked is an
// error.
func TestWrongExpectationsOfATrialFail(t *testing.T) {
	report := grid{header: []string{"channel", "basis", "revenue", "roas"}, rows: []acceptance.Row{
		{"channel": "web", "basis": "period", "revenue": "90.00", "roas": ""},
		{"channel": "email", "basis": "period", "revenue": "10.50", "roas": "2.000000"},
		{"channel": "0010", "basis": "cohort", "revenue": "-1.00", "roas": "0.000000"},
	}}
	run := trialRun{code: 0, stderr: "as of 2025-02-28\nwarning: 1 cost\n", read: func(name string) (grid, error) {
		switch name {
		case "reports/performance", "quarantine/costs":
			return report, nil
		case "reports/data_quality":
			return grid{header: []string{"table", "check", "rows"}, rows: []acceptance.Row{{"table": "costs", "check": "after_as_of", "rows": "3"}}}, nil
		}
		return grid{}, errors.New("no such file")
	}}
	for line, holds := range map[string]bool{
		"exit 0":               true,
		"exit 3":               false,
		"stderr warning.*cost": true,
		"stderr as of.*cost":   false, // not on one line
		"not-stderr warning":   false,
		"not-stderr error":     true,
		"report performance | channel=web | revenue=90; roas=": true,
		"report performance | channel=web | revenue=90.01":     false, // no tolerance
		"report performance | channel=web | roas=0":            false, // NULL is not 0
		"report performance | channel=email | roas=":           false,
		"report performance | channel=social | revenue=0":      false, // no such row
		"report performance | basis=period | revenue=90.00":    false, // two rows
		"report performance | channel=10 | revenue=-1":         false, // an id is no number
		"report performance | channel=0010 | revenue=-1":       true,
		"report performance | channel=web | revenu=":           false, // no such column, not an empty one
		"report performance | chanel= | revenue=90":            false,
		"report perfomance | channel=web | revenue=90":         false, // no such report
		"sum performance | basis=period | revenue=100.5":       true,
		"sum performance | basis=period | revenue=100":         false,
		"sum performance | basis=period | roas=2":              false, // NULL is not 0 in a sum either
		"sum performance | basis=none | revenue=0":             false, // of no rows
		"none performance | basis=period; channel=social":      true,
		"none performance | basis=period; channel=web":         false,
		"none performance | basis=monthly; channel=web":        false, // could not fail
		"none performance | channnel=social":                   false,
		"quarantine costs | channel=web; revenue=90":           true,
		"quarantine costs | channel=web; revenue=91":           false,
		"quarantine touchpoints | channel=web":                 false,
		"finding costs after_as_of 3":                          true,
		"finding costs after_as_of 2":                          false,
		"finding costs before_as_of 0":                         false,
	} {
		e, err := parseExpectation(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if err := e.check(run); (err == nil) != holds {
			t.Errorf("%s: holds: %v, want %v: %v", line, err == nil, holds, err)
		}
		for _, wrong := range e.spoiled() {
			if holds && wrong.check(run) == nil {
				t.Errorf("%s: the spoiled line %+v holds too", line, wrong)
			}
		}
	}
	comment := "# Source: a\n# Wrong: b\n# Right: c\n"
	for text, valid := range map[string]bool{
		comment + "exit 0\nstderr x":                   true,
		comment + "exit 3":                             true,
		comment + "exit 0":                             false, // nothing about what was published
		comment:                                        false,
		comment + "stderr x":                           false,
		comment + "exit 3\nexit 3":                     false,
		"# Source: a\n# Right: c\nexit 3":              false,
		comment + "exit 3\nreports x | a=b | c=d":      false,
		comment + "exit 3\nreport x | a=b":             false,
		comment + "exit 3\nreport x | a=b | c":         false,
		comment + "exit 3\nreport x | a=b | c=d; c=e":  false,
		comment + "exit 3\nreport x | a=b | c=d | e=f": false,
		comment + "exit 3\nfinding costs x":            false,
		comment + "exit 3\nstderr (":                   false,
		comment + "exit three":                         false,
	} {
		if _, err := parseTrial(text); (err == nil) != valid {
			t.Errorf("%q: valid: %v, want %v: %v", text, err == nil, valid, err)
		}
	}
}
