//go:build unix

package runs

import (
	"os"
	"syscall"
)

// canSyncDirectories reports whether the entries of a directory can be flushed to disk.
const canSyncDirectories = true

// lock takes the kernel's lock of a file, and does not wait: errLocked when another process holds it.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return errLocked
	}
	return err
}
