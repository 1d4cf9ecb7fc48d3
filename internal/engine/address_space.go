//go:build duckdb_arrow

package engine

import (
	"context"
	"fmt"
	"runtime"

	"github.com/tributary-engine/tributary/internal/failure"
)

// A limited address space (ulimit -v) ends the process wherever an allocation fails: in the Go
// runtime, in the engine or in a library of it, with a signal or an exit code that says nothing. So
// the program asks at the start whether the space suffices.
const (
	// What a process takes beside the engine's own memory: measured, 2.4 to 3.2 GB with two threads
	// (docs/runbook.md).
	spaceBesideEngine = 3 << 30
	// What each thread adds: its stack and its arena of the C library; measured, 0.11 GB.
	spacePerThread = 128 << 20
	// The least that the engine works with.
	leastEngineMemory = 64 << 20
)

// engineRoom is how much memory of a limited address space is left to the engine.
func engineRoom(space uint64, threads int) (uint64, error) {
	if threads <= 0 {
		threads = runtime.NumCPU()
	}
	beside := uint64(spaceBesideEngine + threads*spacePerThread)
	if least := beside + leastEngineMemory; space < least {
		return 0, failure.Errorf(failure.Resources, "the address space is limited to %d MiB (ulimit -v), and with %d threads the program needs %d MiB\nhint: raise it, lower --threads, or limit memory by --memory-limit or a control group instead",
			space>>20, threads, (least+1<<20-1)>>20)
	}
	return space - beside, nil
}

// fitAddressSpace lowers the engine's own default to what the address space leaves. A limit that
// was asked for is refused where it does not fit.
func (e *Engine) fitAddressSpace(ctx context.Context, o Options) error {
	space, isLimited := addressSpace()
	if !isLimited {
		return nil
	}
	room, err := engineRoom(space, o.Threads)
	if err != nil {
		return err
	}
	var limit uint64
	if err := e.Row(ctx, "SELECT CAST(parse_formatted_bytes(current_setting('memory_limit')) AS UBIGINT)", nil, &limit); err != nil {
		return fmt.Errorf("starting the engine: its memory limit: %w", err)
	}
	switch {
	case limit <= room:
		return nil
	case o.MemoryLimit != "":
		return failure.Errorf(failure.Resources, "--memory-limit %s does not fit: of an address space of %d MiB (ulimit -v) %d MiB are left to the engine\nhint: lower it, or raise the address space",
			o.MemoryLimit, space>>20, room>>20)
	}
	return e.Exec(ctx, fmt.Sprintf("SET memory_limit = '%dKiB'", room>>10))
}
