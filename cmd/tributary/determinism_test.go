package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tributary/internal/config"
	"tributary/internal/oracle"
)

const determinismWorlds = 15

// filesOf reads the files of a run, by name: all of those, or those under the given names.
func filesOf(t testing.TB, directory string, under ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(directory), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if len(under) > 0 && !slices.ContainsFunc(under, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(directory, name))
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("%s holds nothing under %q", directory, under)
	}
	return found
}

// wantSameFiles holds the files of two runs against each other, byte by byte.
func wantSameFiles(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	for name, text := range want {
		if other, found := got[name]; !found {
			t.Errorf("%s: %s is missing", what, name)
		} else if other != text {
			t.Errorf("%s: %s differs: %s", what, name, firstDifference(other, text))
		}
	}
	for name := range got {
		if _, found := want[name]; !found {
			t.Errorf("%s: %s is too many", what, name)
		}
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d: got %.300q, want %.300q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// The same inputs, configuration and version give the same bytes: everything for any number of threads, reports and credits
// in whatever order the rows come.
func TestBytesDoNotDependOnThreadsOrOrder(t *testing.T) {
	for i := range determinismWorlds {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			w := oracle.Random(rand.New(rand.NewPCG(s, 7)))
			with := func(threads int) func(*config.Job) { return func(j *config.Job) { j.Threads = threads } }
			one := runWorld(t, w, nil, with(1))
			whole, results := filesOf(t, one), filesOf(t, one, "reports/", "credits.parquet")
			for _, threads := range []int{2, 4} {
				wantSameFiles(t, fmt.Sprintf("%d threads", threads), filesOf(t, runWorld(t, w, nil, with(threads))), whole)
			}
			shuffled := runWorld(t, w, rand.New(rand.NewPCG(s, 11)), with(2))
			wantSameFiles(t, "shuffled rows", filesOf(t, shuffled, "reports/", "credits.parquet"), results)
		})
	}
}

// Nor do they depend on the zone or the language of the machine.
func TestBytesDoNotDependOnZoneOrLocale(t *testing.T) {
	for i := range 4 {
		s := *seed + uint64(i)
		w := oracle.Random(rand.New(rand.NewPCG(s, 7)))
		in := filepath.Join(t.TempDir(), "in")
		if err := os.Mkdir(in, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := w.Write(in, nil); err != nil {
			t.Fatal(err)
		}
		options := []string{"--as-of", "2026-01-01"}
		if w.Options.ReportingCurrency != "" {
			file := filepath.Join(t.TempDir(), "job.yaml")
			if err := os.WriteFile(file, []byte("reporting: {currency: "+w.Options.ReportingCurrency+"}\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			options = append(options, "--config", file)
		}
		var first map[string]string
		for _, machine := range [][2]string{{"UTC", "C"}, {"Asia/Kathmandu", "tr_TR.UTF-8"}, {"America/St_Johns", "de_DE.UTF-8"}} {
			t.Setenv("TZ", machine[0])
			t.Setenv("LC_ALL", machine[1])
			t.Setenv("LANG", machine[1])
			out := filepath.Join(t.TempDir(), "out")
			command := append([]string{"run", "--input", in, "--out", out, "--quiet"}, options...)
			runTributary(t, command...)
			files := filesOf(t, filepath.Join(out, "runs", "000001"))
			if first == nil {
				first = files
			}
			wantSameFiles(t, fmt.Sprintf("seed %d, TZ %s, LC_ALL %s", s, machine[0], machine[1]), files, first)
		}
	}
}

// runTributary runs the program as a process of its own, with the environment of the test: Go reads TZ only once. TestMain
// has put it on the PATH.
func runTributary(t testing.TB, args ...string) {
	t.Helper()
	if output, err := exec.CommandContext(t.Context(), "tributary", args...).CombinedOutput(); err != nil {
		t.Fatalf("tributary %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}
