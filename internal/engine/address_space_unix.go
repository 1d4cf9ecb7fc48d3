//go:build duckdb_arrow && unix

package engine

import (
	"math"
	"syscall"
)

// addressSpace returns the limit of this process, and whether there is one.
func addressSpace() (limit uint64, isLimited bool) {
	var r syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &r); err != nil || r.Cur > math.MaxInt64 {
		return 0, false
	}
	return r.Cur, true
}
