package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/failure"
)

// A workingFile is the file of run --working-tables. It is written in a directory beside its place,
// so that it is complete when it appears. Without a path, there is none.
type workingFile struct{ path, scratch string }

// newWorkingFile refuses a place where there is something, and one among the runs of an output
// directory, whose files never change.
func newWorkingFile(path, out string) (w workingFile, err error) {
	if path == "" {
		return w, nil
	}
	if _, err := os.Lstat(path); err == nil {
		return w, failure.Errorf(failure.Usage, "--working-tables %s: it exists\nhint: delete it, or choose another file", path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return w, failure.Errorf(failure.IO, "--working-tables %s: %w", path, err)
	}
	for _, of := range []string{"runs", "refused", ".staging"} {
		if inside, err := isWithin(filepath.Dir(path), filepath.Join(out, of)); err == nil && inside {
			return w, failure.Errorf(failure.Usage, "--working-tables %s: it is within %s, whose files never change\nhint: choose a place outside", path, filepath.Join(out, of))
		}
	}
	if w.scratch, err = os.MkdirTemp(filepath.Dir(path), ".tributary-working-"); err != nil {
		return w, failure.Writing("--working-tables %s: %w\nhint: name a directory that exists and can be written", path, err)
	}
	w.path = path
	return w, nil
}

// made is where the run writes the file.
func (w workingFile) made() string {
	if w.path == "" {
		return ""
	}
	return filepath.Join(w.scratch, "working.duckdb")
}

// publish puts the complete file in its place. Only its owner can read it: it has e-mails of persons.
func (w workingFile) publish() error {
	if w.path == "" {
		return nil
	}
	err := os.Chmod(w.made(), 0o600)
	if err == nil {
		err = os.Rename(w.made(), w.path)
	}
	if err != nil {
		return failure.Writing("--working-tables %s: %w", w.path, err)
	}
	return nil
}

// remove removes the directory in which the file was made, and with it that of a run that was refused
// or failed.
func (w workingFile) remove() {
	if w.scratch != "" {
		_ = os.RemoveAll(w.scratch)
	}
}
