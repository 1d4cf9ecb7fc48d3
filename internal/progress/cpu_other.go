//go:build !unix

package progress

import "time"

// ProcessCPU is 0 on systems that do not have getrusage.
func ProcessCPU() time.Duration { return 0 }
