package runs

import (
	"os"

	"golang.org/x/sys/windows"
)

// canSyncDirectories is false: Windows flushes files only, and NTFS keeps a journal of names.
const canSyncDirectories = false

// lock takes the kernel's lock of a file, and does not wait: errLocked when another process holds it.
func lock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
	if err == windows.ERROR_LOCK_VIOLATION {
		return errLocked
	}
	return err
}
