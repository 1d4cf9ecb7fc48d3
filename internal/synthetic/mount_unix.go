//go:build unix

package synthetic

import (
	"io/fs"
	"syscall"
)

// isMountPoint reports whether a directory is on another device than the one above it.
func isMountPoint(info, above fs.FileInfo) bool {
	of, known := info.Sys().(*syscall.Stat_t)
	ofAbove, bothKnown := above.Sys().(*syscall.Stat_t)
	return known && bothKnown && of.Dev != ofAbove.Dev
}
