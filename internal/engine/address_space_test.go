//go:build duckdb_arrow

package engine

import (
	"errors"
	"fmt"
	"testing"

	"github.com/tributary-engine/tributary/internal/failure"
)

func TestAddressSpaceLeavesRoomForTheEngine(t *testing.T) {
	const gib = 1 << 30
	if room, err := engineRoom(4*gib, 2); err != nil || room != 1*gib-256<<20 {
		t.Errorf("room %d, %v", room, err)
	}
	_, err := engineRoom(2*gib, 2)
	want := "the address space is limited to 2048 MiB (ulimit -v), and with 2 threads the program needs 3392 MiB\nhint: raise it, lower --threads, or limit memory by --memory-limit or a control group instead"
	if failure.CodeOf(err) != failure.Resources || fmt.Sprint(err) != want {
		t.Errorf("code %d, %v", failure.CodeOf(err), err)
	}
	if _, err := engineRoom(3392<<20, 2); err != nil {
		t.Error(err)
	}
}

func TestFailedAllocationsAreResources(t *testing.T) {
	for _, text := range []string{
		"starting the engine: database/sql/driver: could not connect to database: Out of Memory Error: Allocation failure",
		"Invalid Error: bad allocation", "std::bad_alloc", "fork/exec: cannot allocate memory",
	} {
		if code := failure.CodeOf(classify(t.Context(), errors.New(text))); code != failure.Resources {
			t.Errorf("%s: code %d", text, code)
		}
	}
	if code := failure.CodeOf(classify(t.Context(), errors.New("Binder Error"))); code != failure.Internal {
		t.Errorf("code %d", code)
	}
}
