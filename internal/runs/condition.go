package runs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/failure"
)

// A Condition is what stands in an output directory beside its runs.
type Condition struct {
	Lock      Lock
	Leftovers []string // of runs that did not end: the next run removes them; or of the run that holds the lock
	Bytes     int64    // of the leftovers
}

// A Lock is what is known of the lock of an output directory.
type Lock struct {
	IsKnown bool // whether it is held
	IsHeld  bool
	Process int    // that holds it; 0: another machine's or container's
	Command string // of the process; empty: not known
}

// Look returns the condition of an output directory. It takes no lock and changes nothing.
func Look(out string) (Condition, error) {
	c := Condition{Lock: lockOf(filepath.Join(out, lockFile))}
	entries, err := os.ReadDir(filepath.Join(out, staging))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, failure.Errorf(failure.IO, "looking for leftovers of runs: %w", err)
	}
	for _, entry := range entries {
		c.Leftovers = append(c.Leftovers, filepath.Join(staging, entry.Name()))
	}
	if _, err := os.Lstat(filepath.Join(out, swap)); err == nil {
		c.Leftovers = append(c.Leftovers, swap)
	}
	for _, name := range c.Leftovers {
		_ = filepath.WalkDir(filepath.Join(out, name), func(_ string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // the run that is writing removed it meanwhile
			}
			if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
				c.Bytes += info.Size()
			}
			return nil
		})
	}
	return c, nil
}
