package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/runs"
)

// A run that a signal ends publishes nothing and leaves nothing behind; one that is killed outright
// is swept by the next; and the last published run is current throughout.
func TestInterruptedRuns(t *testing.T) {
	acceptance.Nightly(t, "many runs")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "tributary")
	if err := os.Symlink(self, program); err != nil { // TestMain runs the program when it is called so
		t.Fatal(err)
	}
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	if err := acceptance.WriteCompany(in, 100_000); err != nil {
		t.Fatal(err)
	}
	start := func() *exec.Cmd {
		c := exec.Command(program, "run", "--quiet", "--input", in, "--out", out, "--as-of", "2025-02-01")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		return c
	}
	if err := start().Wait(); err != nil {
		t.Fatal(err)
	}
	published, err := runs.Current(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		signal syscall.Signal
		code   int
	}{{syscall.SIGTERM, 143}, {syscall.SIGINT, 130}, {syscall.SIGKILL, -1}} {
		child := start()
		staged := func() []string {
			found, err := filepath.Glob(filepath.Join(out, ".staging", "*", "reports"))
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		for range 2000 { // ten seconds: after that the run is done, or will be interrupted before it began
			if len(staged()) > 0 {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		if err := child.Process.Signal(c.signal); err != nil {
			t.Fatal(err)
		}
		var failed *exec.ExitError
		if err := child.Wait(); !errors.As(err, &failed) {
			t.Skipf("the run was done before the %s reached it", c.signal)
		}
		if code := failed.ExitCode(); code != c.code {
			t.Errorf("%s: exit code %d, want %d", c.signal, code, c.code)
		}
		if left := staged(); c.signal != syscall.SIGKILL && len(left) > 0 {
			t.Errorf("%s: left %s", c.signal, left)
		}
		if current, err := runs.Current(out); err != nil || current != published {
			t.Errorf("%s: current is %s, %v, want %s", c.signal, current, err, published)
		}
		if problems, err := runs.Verify(published); err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %v", c.signal, problems, err)
		}
	}
	if err := start().Wait(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(out, ".staging", "*")); err != nil || len(left) > 0 {
		t.Errorf("the next run left %s, %v", left, err)
	}
	first, err := os.ReadFile(filepath.Join(published, "credits.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := os.ReadFile(filepath.Join(out, "current", "credits.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if string(first) != string(again) {
		t.Error("the run after the killed ones has other credits")
	}
}
