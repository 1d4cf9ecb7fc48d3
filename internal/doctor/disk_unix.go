//go:build linux || darwin

package doctor

import "golang.org/x/sys/unix"

// freeSpace is how many bytes an unprivileged process may still write to the file system of a path.
func freeSpace(path string) (int64, bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}

// isWritable reports whether files can be made in a directory; it makes none.
func isWritable(directory string) bool { return unix.Access(directory, unix.W_OK|unix.X_OK) == nil }
