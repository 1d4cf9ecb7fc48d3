// Package runs manages the published runs of an output directory:
//
//	OUT/current -> runs/<id>   the last complete run; swapped atomically, last of all
//	OUT/runs/<id>/             immutable, with a manifest.json that names every file and its digest
//	OUT/refused/<id>/          the files of the last ten refused runs; private
//	OUT/.staging/              the run that is being written; private
//	OUT/.lock                  locked by the run that is writing
//
// A reader of current sees the last complete run or the new one, even if the disk is full, fsync
// fails, the process is killed, or the power fails. The next Begin deletes the files that a crash
// left, under the lock.
package runs

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
)

// A Run is being written. It holds the lock of its output directory until Publish or Abandon.
type Run struct {
	out *output
	id  string
}

// Begin takes the lock of an output directory, which it makes if it is missing, sweeps what a crash
// left there and makes a staging directory for a new run. Another run that holds the lock is
// failure.Locked, at once.
func Begin(ctx context.Context, out string) (*Run, error) { return begin(ctx, out, openDisk) }

func begin(ctx context.Context, out string, open opener) (*Run, error) {
	o, err := hold(ctx, out, open)
	if err != nil {
		return nil, err
	}
	r := &Run{out: o}
	if err := r.stage(); err != nil {
		r.Abandon()
		return nil, err
	}
	return r, nil
}

// stage takes the next id and makes the staging directory.
func (r *Run) stage() error {
	greatest, err := r.out.greatest()
	if err != nil {
		return err
	}
	r.id = idOf(greatest + 1)
	for _, name := range []string{"", "reports", "tables", "quarantine", temporary} {
		if err := r.out.makeDirectory(path.Join(r.staged(), name), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// ID is the number of the run among the runs of its output directory.
func (r *Run) ID() string { return r.id }

// Staging is the directory in which the files of the run are written, with the subdirectories
// reports, tables and quarantine.
func (r *Run) Staging() string { return filepath.Join(r.out.path, filepath.FromSlash(r.staged())) }

// TempDir is a directory for what is not published.
func (r *Run) TempDir() string { return filepath.Join(r.Staging(), temporary) }

func (r *Run) staged() string    { return path.Join(staging, r.id) }
func (r *Run) published() string { return path.Join(published, r.id) }

// Abandon removes what was staged and releases the lock. After Publish it does nothing. What it
// cannot remove, the next Begin sweeps.
func (r *Run) Abandon() {
	if r.out.held() {
		_ = r.out.sweep()
		r.out.release()
	}
}

const (
	current    = "current"
	swap       = "current.tmp" // becomes current
	published  = "runs"
	refused    = "refused" // private
	staging    = ".staging"
	lockFile   = ".lock"
	temporary  = "tmp"
	publishing = "publishing-" // .staging/publishing-<id> stands while runs/<id> is there and not yet current
)

// refusedKept is how many refused runs are kept.
const refusedKept = 10

const (
	fileMode      fs.FileMode = 0o640
	privateMode   fs.FileMode = 0o600 // files that may hold personal data
	directoryMode fs.FileMode = 0o750
	privateDir    fs.FileMode = 0o700
)

// private reports whether a file or directory of a run may hold personal data.
func private(name string) bool {
	first, _, _ := cutPath(name)
	return first == "quarantine" || first == "tables" || first == "activation"
}
