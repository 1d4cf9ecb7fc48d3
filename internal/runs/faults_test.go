package runs

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/tributary-engine/tributary/internal/failure"
)

// faults is a disk on which the Nth operation does what happen does.
type faults struct {
	files
	n      *int // operations yet to succeed
	happen func() error
}

func (f faults) next() error {
	if *f.n--; *f.n != 0 {
		return nil
	}
	return f.happen()
}

// failing opens an output directory on which the nth operation, from 1, fails.
func failing(n *int, happen func() error) opener {
	return func(path string) (files, error) {
		f := faults{n: n, happen: happen}
		if err := f.next(); err != nil {
			return nil, err
		}
		var err error
		f.files, err = openDisk(path)
		return f, err
	}
}

func (f faults) Lock(name string) (io.Closer, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	return f.files.Lock(name)
}
func (f faults) Mkdir(name string, mode fs.FileMode) error {
	return f.either(func() error { return f.files.Mkdir(name, mode) })
}
func (f faults) Chmod(name string, mode fs.FileMode) error {
	return f.either(func() error { return f.files.Chmod(name, mode) })
}
func (f faults) Symlink(target, name string) error {
	return f.either(func() error { return f.files.Symlink(target, name) })
}
func (f faults) Rename(from, to string) error {
	return f.either(func() error { return f.files.Rename(from, to) })
}
func (f faults) Remove(name string) error {
	return f.either(func() error { return f.files.Remove(name) })
}
func (f faults) RemoveAll(name string) error {
	return f.either(func() error { return f.files.RemoveAll(name) })
}
func (f faults) either(do func() error) error {
	if err := f.next(); err != nil {
		return err
	}
	return do()
}
func (f faults) Create(name string, mode fs.FileMode) (file, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	inner, err := f.files.Create(name, mode)
	return faultyFile{inner, f}, err
}
func (f faults) Open(name string) (file, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	inner, err := f.files.Open(name)
	return faultyFile{inner, f}, err
}
func (f faults) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	return f.files.ReadDir(name)
}
func (f faults) Readlink(name string) (string, error) {
	if err := f.next(); err != nil {
		return "", err
	}
	return f.files.Readlink(name)
}
func (f faults) Lstat(name string) (fs.FileInfo, error) {
	if err := f.next(); err != nil {
		return nil, err
	}
	return f.files.Lstat(name)
}

type faultyFile struct {
	file
	faults faults
}

func (f faultyFile) Read(p []byte) (int, error) {
	if err := f.faults.next(); err != nil {
		return 0, err
	}
	return f.file.Read(p)
}

// Write writes half before it fails.
func (f faultyFile) Write(p []byte) (int, error) {
	if *f.faults.n == 1 {
		n, err := f.file.Write(p[:len(p)/2])
		if err != nil {
			return n, err
		}
		return n, f.faults.next()
	}
	if err := f.faults.next(); err != nil {
		return 0, err
	}
	return f.file.Write(p)
}
func (f faultyFile) Chmod(mode fs.FileMode) error {
	return f.faults.either(func() error { return f.file.Chmod(mode) })
}
func (f faultyFile) Sync() error { return f.faults.either(f.file.Sync) }

// publish writes one run as a command does.
func publish(out, content string, open opener) (err error) {
	ctx := context.Background()
	r, err := begin(ctx, out, open)
	if err != nil {
		return err
	}
	defer r.Abandon()
	for name, text := range map[string]string{"reports/a.csv": content, "tables/touches.parquet": content + content, "quarantine/touches.csv": "", "credits.parquet": content, "tmp/spill": content} {
		if err := os.WriteFile(filepath.Join(r.Staging(), name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return r.Publish(ctx, Manifest{Program: "test", AsOf: content}, nil)
}

// state is the content of the current run, which has to be complete; "" when there is none.
func state(t *testing.T, out string) string {
	t.Helper()
	dir, err := Current(out)
	if errors.Is(err, ErrNone) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	problems, err := Verify(dir)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	text, err := os.ReadFile(filepath.Join(dir, "reports/a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// swept fails if anything but complete runs is in out after a next run has begun.
func swept(t *testing.T, out string, runs int) {
	t.Helper()
	r, err := Begin(context.Background(), out)
	if err != nil {
		t.Fatal(err)
	}
	if names := list(t, filepath.Join(out, staging)); len(names) != 1 {
		t.Errorf("staging holds %v", names)
	}
	r.Abandon()
	if names := list(t, filepath.Join(out, staging)); len(names) != 0 {
		t.Errorf("after Abandon staging holds %v", names)
	}
	if _, err := os.Lstat(filepath.Join(out, swap)); err == nil {
		t.Error(swap, "is left")
	}
	if names := list(t, filepath.Join(out, published)); len(names) != runs {
		t.Errorf("runs holds %v, want %d runs", names, runs)
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Every operation fails once, in turn: current is the complete old run or the complete new run, and
// the next run sweeps.
func TestEveryOperationFails(t *testing.T) {
	for cause, code := range map[error]failure.Code{syscall.ENOSPC: failure.Resources, syscall.EIO: failure.IO} {
		tested := 0
		for reached := true; reached; tested++ {
			out := filepath.Join(t.TempDir(), "out")
			if err := publish(out, "old", openDisk); err != nil {
				t.Fatal(err)
			}
			n := tested + 1
			err := publish(out, "new", failing(&n, func() error { return cause }))
			reached = n <= 0 // else every operation succeeded
			if err != nil && (failure.CodeOf(err) != code || !errors.Is(err, cause)) {
				t.Fatalf("operation %d: exit code %d, %v", tested+1, failure.CodeOf(err), err)
			}
			if err != nil && !strings.Contains(err.Error(), out) {
				t.Errorf("operation %d: the path is not named: %v", tested+1, err)
			}
			after, runs := state(t, out), 1
			if after == "new" {
				runs = 2
			}
			if !reached && err != nil || err == nil && after != "new" || after != "new" && after != "old" {
				t.Fatalf("operation %d: current is %q after %v", tested+1, after, err)
			}
			swept(t, out, runs)
			if err := publish(out, "next", openDisk); err != nil || state(t, out) != "next" {
				t.Fatalf("operation %d: the next run: %v", tested+1, err)
			}
		}
		if t.Logf("%v: %d operations", cause, tested); tested < 60 {
			t.Errorf("only %d operations failed: the faults do not reach them", tested)
		}
	}
}

// The process is killed at every operation, in turn, with the same promise.
func TestKilledAtEveryOperation(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for every operation")
	}
	for first := range 2 { // with a run before, and without
		for n := 1; ; n++ {
			out := filepath.Join(t.TempDir(), "out")
			if first == 0 {
				if err := publish(out, "old", openDisk); err != nil {
					t.Fatal(err)
				}
			}
			child := exec.Command(os.Args[0], "-test.run=^TestDies$")
			child.Env = append(os.Environ(), "RUNS_OUT="+out, "RUNS_N="+strconv.Itoa(n))
			output, err := child.CombinedOutput()
			if status, ok := errors.AsType[*exec.ExitError](err); ok && !status.Sys().(syscall.WaitStatus).Signaled() {
				t.Fatalf("operation %d: %v\n%s", n, err, output)
			}
			runs, after := 1-first, ""
			if _, failed := os.Stat(out); failed == nil {
				after = state(t, out)
			}
			switch {
			case after == "new":
				runs++
			case first == 0 && after != "old" || first == 1 && after != "":
				t.Fatalf("operation %d: current is %q", n, after)
			}
			swept(t, out, runs)
			if err == nil {
				if state(t, out) != "new" {
					t.Error("published, but not current")
				}
				t.Logf("%d operations", n-1)
				break
			}
		}
	}
}

// TestDies is the child of TestKilledAtEveryOperation.
func TestDies(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("RUNS_N"))
	if err != nil {
		t.Skip("is started by another test")
	}
	die := func() error { syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} }
	if err := publish(os.Getenv("RUNS_OUT"), "new", failing(&n, die)); err != nil {
		t.Fatal(err)
	}
}
