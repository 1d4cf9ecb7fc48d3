package engine

import (
	"fmt"

	"golang.org/x/sys/unix"

	"tributary/internal/failure"
)

const gigabyte = 1_000_000_000

// leastSpace is the address space without which a small run ends in the middle, by a signal or with Go's own message: measured
// with ulimit -v on a company of 200 accounts, where 2.05 GB do not suffice and 3.07 GB do.
const leastSpace = 3 * gigabyte

// besideEngine is the part of a limited address space that is not the engine's: code, Go's memory, threads.
const besideEngine = 2 * gigabyte

// limitBySpace refuses to start where the address space of the process is limited (ulimit -v) to less than a run needs. Where
// it is limited to more, and no memory limit is given, it returns one under which the engine spills instead of failing.
func limitBySpace(given string) (memoryLimit string, err error) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &limit); err != nil || limit.Cur == unix.RLIM_INFINITY {
		return given, nil
	}
	return limitOf(limit.Cur, given)
}

func limitOf(space uint64, given string) (memoryLimit string, err error) {
	switch {
	case space < leastSpace:
		return "", failure.Errorf(failure.Resources, "the address space of this process is limited to %.1f GB, and a run needs at least %d GB of it (raise or remove the limit of ulimit -v; --memory-limit limits what the engine uses)",
			float64(space)/gigabyte, leastSpace/gigabyte)
	case given != "":
		return given, nil
	}
	return fmt.Sprintf("%dMB", (space-besideEngine)/1_000_000), nil
}
