package doctor

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/tributary-engine/tributary/internal/runs"
)

// want checks the status of a check, a part of its message, and that exactly what is wrong has a
// remedy.
func want(t *testing.T, c Check, status Status, part string) {
	t.Helper()
	if c.Status != status || !strings.Contains(c.Message, part) {
		t.Errorf("%s: %s: %q, want %s with %q", c.Topic, c.Status, c.Message, status, part)
	}
	if (c.Remedy == "") != (status == OK) {
		t.Errorf("%s: %s: the remedy is %q", c.Topic, c.Status, c.Remedy)
	}
}

func TestMemoryIsReadFromLinux(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	root := fstest.MapFS{
		"proc/meminfo":     file("MemTotal:       16000000 kB\nMemAvailable:    8000000 kB\n"),
		"proc/self/cgroup": file("0::/jobs/tributary\n"),
		"sys/fs/cgroup/jobs/tributary/memory.max": file("max\n"),
		"sys/fs/cgroup/jobs/memory.max":           file("2000000000\n"),
	}
	if got, want := memoryOf(root), (memory{available: 8_192_000_000, allowed: 2_000_000_000}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	root = fstest.MapFS{"sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712\n")} // the first version: no limit
	if got := memoryOf(root); got != (memory{}) {
		t.Errorf("without files: %+v", got)
	}
}

func TestMemoryBelowTheLimitOfTheEngine(t *testing.T) {
	want(t, checkMemory("4.0 GiB", memory{available: 8 << 30}), OK, "may use 4.0 GiB")
	want(t, checkMemory("4.0 GiB", memory{}), OK, "not known")
	want(t, checkMemory("4.0 GiB", memory{available: 3 << 30}), Warning, "are available")
	c := checkMemory("4.0 GiB", memory{available: 8 << 30, allowed: 2_000_000_000})
	want(t, c, Warning, "the control group allows")
	if !strings.Contains(c.Remedy, "--memory-limit 1000MB") {
		t.Error(c.Remedy)
	}
}

func TestDisksAreComparedWithTheLastRun(t *testing.T) {
	want(t, checkDisk("disk", "/", 50<<30, 1<<30), OK, "free at /")
	want(t, checkDisk("disk", "/", 2<<30, 1<<30), Warning, "the last run takes")
	want(t, checkDisk("disk", "/", 1<<29, 1<<30), Problem, "")
	want(t, checkDisk("disk", "/", 1<<20, 0), Problem, "")
}

func TestLocksAndLeftovers(t *testing.T) {
	held := runs.Lock{IsKnown: true, IsHeld: true, Process: 12, Command: "tributary"}
	want(t, checkLock(runs.Lock{IsKnown: true}), OK, "free")
	want(t, checkLock(runs.Lock{}), OK, "not known")
	want(t, checkLock(held), Warning, "held by process 12 (tributary)")
	left := runs.Condition{Lock: runs.Lock{IsKnown: true}, Leftovers: []string{".staging/000007"}, Bytes: 5}
	want(t, checkLeftovers(left, nil), Warning, ".staging/000007")
	left.Lock = held
	want(t, checkLeftovers(left, nil), OK, "the run that is writing")
	want(t, checkLeftovers(runs.Condition{}, nil), OK, "none")
}

func TestOldRunsAndOldFigures(t *testing.T) {
	now := time.Date(2025, 3, 31, 2, 15, 0, 0, time.UTC)
	want(t, checkAge(now.Add(-5*time.Hour), now, "000003"), OK, "5 hours ago")
	want(t, checkAge(now.Add(-72*time.Hour), now, "000003"), Warning, "3 days ago")
	want(t, checkAsOf("2025-03-30T00:00:00Z", now, 7), OK, "26 hours ago")
	want(t, checkAsOf("2025-03-01T00:00:00Z", now, 7), Warning, "30 days ago")
	want(t, checkAsOf("yesterday", now, 7), Problem, "yesterday")
	want(t, checkRates([]string{"EUR 2025-03-01", "GBP 2025-01-01"}, "2025-03-30T00:00:00Z"), Warning, "is old: GBP 2025-01-01")
	want(t, checkRates([]string{"EUR 2025-03-01"}, "2025-03-30T00:00:00Z"), OK, "EUR")
}

func TestRefusedRunsAfterTheCurrentOne(t *testing.T) {
	refused := []runs.Summary{{ID: "000002", Manifest: runs.Manifest{Refused: []string{"rows-fell:costs"}}}, {ID: "000004", Manifest: runs.Manifest{Refused: []string{"stale:touchpoints"}}}}
	want(t, checkRefused("000003", refused), Warning, "1 refused run since the last one that was published: stale:touchpoints")
	want(t, checkRefused("000005", refused), OK, "none")
}

func TestInputsThatNoLongerChange(t *testing.T) {
	run := func(costs, touches string) runs.Summary {
		return runs.Summary{Manifest: runs.Manifest{Inputs: []runs.Input{{Table: "costs", File: "costs.csv", SHA256: costs}, {Table: "touchpoints", File: "t.csv", SHA256: touches}}}}
	}
	want(t, checkInputs([]runs.Summary{run("a", "1"), run("a", "2")}), OK, "too few runs")
	want(t, checkInputs([]runs.Summary{run("a", "3"), run("a", "2"), run("a", "1")}), Warning, "1 file is the same in the last 3 runs: costs.csv")
	want(t, checkInputs([]runs.Summary{run("b", "3"), run("a", "2"), run("a", "1")}), OK, "no file is the same")
}
