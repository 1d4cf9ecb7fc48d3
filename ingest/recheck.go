package ingest

import (
	"errors"
	"io/fs"
	"os"

	"github.com/tributary-engine/tributary/internal/failure"
)

// An origin is where a File was read from, with the size and times that the file system reported then.
type origin struct {
	path string
	info fs.FileInfo
}

// Recheck returns an error if files changed since they were read. A run calls it again after
// everything is computed, because touchpoints are read until then.
func (in Inputs) Recheck() error { return recheckInputs(in.Files) }

// recheckInputs refuses inputs that were appended to, replaced or removed since they were read.
func recheckInputs(files []File) error {
	var problems []error
	for _, f := range files {
		if err := recheckInputs(f.From); err != nil {
			problems = append(problems, err)
		}
		if f.origin.info == nil {
			continue // control totals of the configuration
		}
		now, err := os.Stat(f.origin.path)
		switch {
		case err != nil:
			problems = append(problems, readingFailed(f.Name, err))
		case !os.SameFile(f.origin.info, now) || changed(f.origin.info, now):
			problems = append(problems, changedError(f.Name))
		}
	}
	return errors.Join(problems...)
}

func changed(before, after fs.FileInfo) bool {
	return before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime())
}

func changedError(name string) error {
	return failure.Errorf(failure.IO, "%s: changed while it was being read\nhint: wait until it is complete, then run again", printable(name))
}
