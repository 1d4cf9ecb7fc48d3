package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/reports"
)

// collectsRarely is the GOGC of the tests: the collector takes a tenth of the time of a run of a few
// rows, and there is memory enough.
const collectsRarely = 400

func TestMain(m *testing.M) {
	debug.SetGCPercent(collectsRarely)
	testscript.Main(tests{m}, map[string]func(){
		"tributary":      func() { os.Exit(mainBy(standing, scripted(), sparing(os.Args[1:]), os.Stdout, os.Stderr)) },
		"slow_tributary": func() { os.Exit(mainBy(hastening(), scripted(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// withoutDocuments is set in scripts: their runs have neither page nor workbook, which are
// a quarter of the time of a run of a few rows. Scripts of these subjects unset it.
const withoutDocuments = "WITHOUT_DOCUMENTS"

func scripted() []job.Document {
	if os.Getenv(withoutDocuments) != "" {
		return nil
	}
	return documents
}

// sparing lets a run of a script use one thread unless it says otherwise: more only cost time where
// there are few rows, and change nothing (TestBytesDoNotDependOnThreadsOrOrder of
// internal/acceptance).
func sparing(args []string) []string {
	if os.Getenv(withoutDocuments) != "" && len(args) > 0 && args[0] == "run" {
		return slices.Insert(slices.Clone(args), 1, "--threads=1")
	}
	return args
}

// standing is a clock by which nothing takes long, however slow the machine.
func standing() time.Time { return time.Date(2025, 3, 31, 2, 15, 0, 0, time.UTC) }

// hastening is a clock by which everything takes long, however fast the machine.
func hastening() func() time.Time {
	var asked atomic.Int64
	return func() time.Time { return standing().Add(time.Duration(asked.Add(1)) * 3 * time.Second) }
}

// The command line as a user meets it. Every script starts with testdata/small as its directory
// "in"; $DEPLOY is the directory of the recipes. "env WITHOUT_DOCUMENTS=" gives its runs the page, the
// workbook, and as many threads as there are cores.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			deploy, err := filepath.Abs(filepath.Join(repository, "deploy"))
			if err != nil {
				return err
			}
			e.Setenv("DEPLOY", deploy)
			e.Setenv(withoutDocuments, "1")
			e.Setenv("GOGC", strconv.Itoa(collectsRarely))
			return os.CopyFS(filepath.Join(e.WorkDir, "in"), os.DirFS(filepath.Join("testdata", "small")))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "json": isJSON, "mode": hasMode, "hold": hold, "touches": touches, "parquet": parquet, "query": queryFiles,
			"same": sameTree, "sed": sed, "stages": stages,
		},
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "", // rewrites the files that cmp compares
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

func arguments(ts *testscript.TestScript, neg bool, args []string, n int, usage string) {
	if neg || len(args) < n {
		ts.Fatalf("usage: %s", usage)
	}
}

// exits runs a command and wants this exit code of it.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 2, "exits CODE COMMAND...")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = failed.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// isJSON wants every file (or stdout) to be one JSON value.
func isJSON(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 1, "json FILE...")
	for _, file := range args {
		var value any
		if err := json.Unmarshal([]byte(ts.ReadFile(file)), &value); err != nil {
			ts.Fatalf("%s: %v", file, err)
		}
		if value == nil {
			ts.Fatalf("%s: null", file)
		}
	}
}

// stages wants every line of a log to be a JSON record, and these stages to have ended, each with
// all fields of progress.
func stages(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 2, "stages FILE NAME...")
	ended := map[string]bool{}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			ts.Fatalf("%v: %s", err, line)
		}
		name, ok := record["stage"].(string)
		if !ok {
			continue
		}
		for _, field := range []string{"done", "total", "unit", "rate", "seconds", "seconds_left", "ended"} {
			if _, found := record[field]; !found {
				ts.Fatalf("no field %s: %s", field, line)
			}
		}
		ended[name] = ended[name] || record["ended"] == true
	}
	for _, name := range args[1:] {
		if !ended[name] {
			ts.Fatalf("%s: the stage %q has not ended", args[0], name)
		}
	}
}

func hasMode(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 2, "mode OCTAL FILE...")
	want, err := strconv.ParseUint(args[0], 8, 32)
	ts.Check(err)
	for _, file := range args[1:] {
		info, err := os.Stat(ts.MkAbs(file))
		ts.Check(err)
		if got := info.Mode().Perm(); got != fs.FileMode(want) {
			ts.Fatalf("%s has mode %o", file, got)
		}
	}
}

// hold takes the kernel's lock of an output directory until the script ends.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 1, "hold DIR")
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o750))
	f, err := os.OpenFile(filepath.Join(ts.MkAbs(args[0]), ".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	ts.Check(err)
	ts.Defer(func() { f.Close() })
	ts.Check(syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB))
}

// touches appends rows to the touchpoints: x1, x2, ..., an hour apart from 2025-01-01, of contact
// c1, by Email.
func touches(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 2, "touches COUNT FILE")
	count, err := strconv.Atoi(args[0])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[1]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	for i := range count {
		at := time.Date(2025, 1, 1, i, 0, 0, 0, time.UTC).Format(time.RFC3339)
		_, err := fmt.Fprintf(f, "x%d,%s,c1,Email,\n", i+1, at)
		ts.Check(err)
	}
	ts.Check(f.Close())
}

// sed replaces text in a file, where it stands exactly once.
func sed(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 3, "sed FILE OLD NEW")
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, args[1]); n != 1 {
		ts.Fatalf("%s holds %q %d times", args[0], args[1], n)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o600))
}

func scriptEngine(ts *testscript.TestScript) *engine.Engine {
	eng, err := engine.Open(context.Background(), engine.Options{TempDir: ts.MkAbs(".tmp"), Directories: []string{ts.MkAbs(".")}})
	ts.Check(err)
	ts.Defer(func() { eng.Close() })
	return eng
}

// parquet writes a CSV file again as Parquet, as another program would: typed as DuckDB guesses, or
// all text.
func parquet(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 3, "parquet typed|text FROM TO")
	read := "read_csv(" + engine.Text(ts.MkAbs(args[1])) + ", header = true, all_varchar = " + strconv.FormatBool(args[0] == "text") + ")"
	ts.Check(scriptEngine(ts).Exec(context.Background(), "COPY (SELECT * FROM "+read+") TO "+engine.Text(ts.MkAbs(args[2]))+" (FORMAT parquet)"))
}

// queryFiles prints the answer of a query over files of the script as raw CSV; WORK/ stands for its
// directory.
func queryFiles(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, neg, args, 1, "query SQL")
	text := strings.ReplaceAll(strings.Join(args, " "), "WORK/", ts.MkAbs(".")+"/")
	ts.Check(reports.WriteCSV(context.Background(), scriptEngine(ts), text, ts.Stdout(), true))
}

// sameTree wants the files of two directories to be the same, name by name and byte by byte.
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	arguments(ts, false, args, 2, "[!] same DIR DIR")
	d := treeDifference(ts.MkAbs(args[0]), ts.MkAbs(args[1]))
	if (d != "") != neg {
		ts.Fatalf("difference: %q", d)
	}
}

// onlyHere are the files of a run that depend on earlier runs of its directory, and the manifest,
// which has their digests.
var onlyHere = map[string]bool{
	"manifest.json": true, "findings.json": true, "reports/findings.csv": true, "reports/findings.parquet": true,
	"reports/data_quality.csv": true, "reports/data_quality.parquet": true, "report.html": true, "report.xlsx": true,
}

// treeDifference names the first file in which two directories differ; "" if none.
func treeDifference(a, b string) string {
	read := func(root string) (map[string]string, error) {
		files := map[string]string{}
		err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if onlyHere[name] {
				return nil
			}
			text, err := os.ReadFile(filepath.Join(root, name))
			files[name] = string(text)
			return err
		})
		return files, err
	}
	left, err := read(a)
	if err != nil {
		return err.Error()
	}
	right, err := read(b)
	if err != nil {
		return err.Error()
	}
	for name, text := range left {
		other, found := right[name]
		if !found {
			return name + " is only in " + a
		}
		if text != other {
			return name
		}
	}
	for name := range right {
		if _, found := left[name]; !found {
			return name + " is only in " + b
		}
	}
	return ""
}
