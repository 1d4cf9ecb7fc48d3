package runs

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/tributary-engine/tributary/internal/failure"
)

// deleting begins the name in staging of a run that is being deleted: deleting-runs-000001.
const deleting = "deleting-"

// Delete deletes runs, published and refused ones. It takes the lock, so that no run is published
// while choose reads what there is and returns what goes. A reader never sees half a run: each
// leaves its directory in one step, into staging. What a crash left there, the next run sweeps. The
// current run is never deleted.
func Delete(ctx context.Context, out string, choose func() ([]Summary, error)) error {
	return deleteRuns(ctx, out, choose, openDisk)
}

func deleteRuns(ctx context.Context, out string, choose func() ([]Summary, error), open opener) error {
	o, err := hold(ctx, out, open)
	if err != nil {
		return err
	}
	defer o.release()
	chosen, err := choose()
	if err != nil {
		return err
	}
	link, err := o.current()
	if err != nil {
		return err
	}
	known := map[string][]string{}
	if known[published], err = o.ids(); err != nil {
		return err
	}
	entries, err := o.files.ReadDir(refused)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return o.failed("reading", refused, err)
	}
	known[refused] = idsOf(entries)
	for _, run := range chosen {
		if !slices.Contains(known[run.parent()], run.ID) {
			return failure.Errorf(failure.Usage, "%s has no run %q", o.path, run.ID)
		}
		if link == path.Join(run.parent(), run.ID) {
			return failure.Errorf(failure.Usage, "run %s is current and cannot be deleted", run.ID)
		}
	}
	for _, run := range chosen {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		if err := o.delete(run); err != nil {
			return err
		}
	}
	return nil
}

// delete moves a run into staging, in one step that lasts, and removes it there.
func (o *output) delete(run Summary) error {
	from, to := path.Join(run.parent(), run.ID), path.Join(staging, deleting+run.parent()+"-"+run.ID)
	if err := o.files.Rename(from, to); err != nil {
		return o.failed("removing", from, err)
	}
	if err := o.sync(run.parent()); err != nil {
		return err
	}
	if err := o.files.RemoveAll(to); err != nil {
		return o.failed("removing", to, err)
	}
	return nil
}

// parent is the directory in which the run lies.
func (s Summary) parent() string {
	if s.Refused {
		return refused
	}
	return published
}

// Size adds up the bytes of the files of the run, as they are on disk.
func (s Summary) Size() (int64, error) {
	var bytes int64
	err := filepath.WalkDir(s.Path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, failure.Errorf(failure.IO, "measuring run %s: %w", s.ID, err)
	}
	return bytes, nil
}
