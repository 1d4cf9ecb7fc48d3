package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tributary-engine/tributary/internal/acceptance"
)

// madeRuns know what was run before: the bytes of a run follow from its files and flags alone.
type madeRuns struct {
	copies map[string]string // of output directories with one run, by what it was made of
	last   map[string]string // what the last run of an output directory was made of
}

// copied gives a run that was made before its output directory, and reports whether there was one. A
// run that is the last one of its output directory is there already.
func (m madeRuns) copied(t *testing.T, r runCommandLine) bool {
	t.Helper()
	made := r.madeOf(t)
	if exists(r.out) {
		return m.last[r.out] == made
	}
	from, found := m.copies[made]
	if found {
		copyRun(t, from, r.out)
		m.last[r.out] = made
	}
	return found
}

// keep keeps a run that was made now.
func (m madeRuns) keep(t *testing.T, r runCommandLine) {
	t.Helper()
	made := r.madeOf(t)
	m.last[r.out] = made
	if m.copies[made] == "" && !exists(filepath.Join(r.out, "runs", "000002")) {
		m.copies[made] = filepath.Join(t.TempDir(), "out")
		copyRun(t, r.out, m.copies[made])
	}
}

// copyRun copies the run of an output directory, which may hold other things too.
func copyRun(t *testing.T, from, to string) {
	t.Helper()
	err := os.CopyFS(filepath.Join(to, "runs"), os.DirFS(filepath.Join(from, "runs")))
	if err == nil {
		err = os.Symlink(current(t, from), filepath.Join(to, "current"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A runCommandLine is a command that runs a configuration.
type runCommandLine struct {
	config, out string
	flags       []string // all others that decide what is published
}

// asRun reads the arguments of a command; false: it is no run of a configuration.
func asRun(args []string) (r runCommandLine, isRun bool) {
	if args[0] != "run" {
		return r, false
	}
	for i := 1; i < len(args); i++ {
		switch {
		case args[i] == "--quiet":
		case args[i] == "--config" && i+1 < len(args):
			i++
			r.config = args[i]
		case args[i] == "--out" && i+1 < len(args):
			i++
			r.out = filepath.Clean(args[i])
		default:
			r.flags = append(r.flags, args[i])
		}
	}
	return r, r.config != "" && r.out != ""
}

// madeOf is a digest of the flags, of the configuration, and of the input files below its directory.
func (r runCommandLine) madeOf(t *testing.T) string {
	t.Helper()
	directory := filepath.Dir(r.config)
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q\n", filepath.Base(r.config), r.flags)
	entries, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	var under []string
	for _, entry := range entries {
		if !exists(filepath.Join(directory, entry.Name(), "runs")) { // no output directory
			under = append(under, entry.Name())
		}
	}
	files := acceptance.FilesOf(t, directory, under...)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(hash, "%q %q\n", name, files[name])
	}
	return string(hash.Sum(nil))
}
