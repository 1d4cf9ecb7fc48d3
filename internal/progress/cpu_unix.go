//go:build unix

package progress

import (
	"syscall"
	"time"
)

// ProcessCPU is the processor time that all threads of this process have used so far, in user and
// in system mode.
func ProcessCPU() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
