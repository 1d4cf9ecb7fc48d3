package runs

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/failure"
)

func chosen(list ...Summary) func() ([]Summary, error) {
	return func() ([]Summary, error) { return list, nil }
}

func TestDelete(t *testing.T) {
	out := t.TempDir()
	refuse(t, out)
	for _, content := range []string{"two", "three", "four"} {
		if err := publish(out, content, openDisk); err != nil {
			t.Fatal(err)
		}
	}
	for _, wrong := range [][]Summary{{{ID: "000004"}}, {{ID: "000009"}}, {{ID: "../x"}}, {{ID: "000002"}, {ID: "000004"}}, {{ID: "000001"}}, {{ID: "000002", Refused: true}}} {
		if err := Delete(t.Context(), out, chosen(wrong...)); failure.CodeOf(err) != failure.Usage {
			t.Error(wrong, err)
		}
	}
	if err := Delete(t.Context(), out, chosen(Summary{ID: "000002"}, Summary{ID: "000001", Refused: true})); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"000003", "000004"}, list(t, filepath.Join(out, published))); diff != "" {
		t.Error(diff)
	}
	if names := list(t, filepath.Join(out, refused)); len(names) > 0 {
		t.Error(names)
	}
	stopped, stop := context.WithCancel(t.Context())
	err := Delete(stopped, out, func() ([]Summary, error) { stop(); return []Summary{{ID: "000003"}}, nil })
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	swept(t, out, 2)
}

func TestSizeIsThatOfTheFiles(t *testing.T) {
	out := t.TempDir()
	if err := publish(out, "12345", openDisk); err != nil {
		t.Fatal(err)
	}
	list, err := List(out)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := os.Stat(filepath.Join(list[0].Path, manifestFile))
	if err != nil {
		t.Fatal(err)
	}
	// reports/a.csv 5, tables/touches.parquet 10, quarantine/touches.csv 0, credits.parquet 5
	if bytes, err := list[0].Size(); err != nil || bytes != 20+manifest.Size() {
		t.Error(bytes, err)
	}
}

// Three runs, of which the older two are deleted. Whatever operation fails, or kills the process,
// current is the complete third run, a run is there whole or not at all, and the next deletion ends
// what was begun.
func deletion(out string, open opener) error {
	return deleteRuns(context.Background(), out, func() ([]Summary, error) {
		var gone []Summary
		for _, id := range []string{"000001", "000002"} {
			if _, err := os.Stat(filepath.Join(out, published, id)); err == nil {
				gone = append(gone, Summary{ID: id})
			}
		}
		return gone, nil
	}, open)
}

func threeRuns(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	for _, content := range []string{"one", "two", "three"} {
		if err := publish(out, content, openDisk); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func afterDeletion(t *testing.T, out string, operation int, isDone bool) {
	t.Helper()
	if got := state(t, out); got != "three" {
		t.Fatalf("operation %d: current is %q", operation, got)
	}
	left := list(t, filepath.Join(out, published))
	for _, id := range left {
		if problems, err := Verify(filepath.Join(out, published, id)); err != nil || len(problems) > 0 {
			t.Errorf("operation %d: run %s: %v %v", operation, id, problems, err)
		}
	}
	if isDone && len(left) != 1 {
		t.Errorf("operation %d: %v are left", operation, left)
	}
	swept(t, out, len(left))
	if err := deletion(out, openDisk); err != nil {
		t.Fatal(err)
	}
	swept(t, out, 1)
}

func TestEveryOperationOfADeletionFails(t *testing.T) {
	for cause, code := range map[error]failure.Code{syscall.ENOSPC: failure.Resources, syscall.EIO: failure.IO} {
		tested := 0
		for reached := true; reached; tested++ {
			out, n := threeRuns(t), tested+1
			err := deletion(out, failing(&n, func() error { return cause }))
			reached = n <= 0
			if err != nil && (failure.CodeOf(err) != code || !errors.Is(err, cause)) || reached && err == nil {
				t.Fatalf("operation %d: exit code %d, %v", tested+1, failure.CodeOf(err), err)
			}
			afterDeletion(t, out, tested+1, err == nil)
		}
		if t.Logf("%v: %d operations", cause, tested); tested < 20 {
			t.Errorf("only %d operations failed: the faults do not reach them", tested)
		}
	}
}

func TestDeletionKilledAtEveryOperation(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for every operation")
	}
	for n := 1; ; n++ {
		out := threeRuns(t)
		child := exec.Command(os.Args[0], "-test.run=^TestDiesDeleting$")
		child.Env = append(os.Environ(), "RUNS_DELETE="+out, "RUNS_N="+strconv.Itoa(n))
		output, err := child.CombinedOutput()
		if status, ok := errors.AsType[*exec.ExitError](err); ok && !status.Sys().(syscall.WaitStatus).Signaled() {
			t.Fatalf("operation %d: %v\n%s", n, err, output)
		}
		afterDeletion(t, out, n, err == nil)
		if err == nil {
			t.Logf("%d operations", n-1)
			break
		}
	}
}

// TestDiesDeleting is the child of TestDeletionKilledAtEveryOperation.
func TestDiesDeleting(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("RUNS_N"))
	if err != nil || os.Getenv("RUNS_DELETE") == "" {
		t.Skip("is started by another test")
	}
	die := func() error { syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} }
	if err := deletion(os.Getenv("RUNS_DELETE"), failing(&n, die)); err != nil {
		t.Fatal(err)
	}
}
