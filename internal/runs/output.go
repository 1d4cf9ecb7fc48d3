package runs

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/tributary-engine/tributary/internal/failure"
)

var errLocked = errors.New("locked")

// An output is an output directory under its lock.
type output struct {
	path  string // absolute
	files files
	lock  io.Closer // nil once released
}

// hold opens an output directory, refuses one that could not be published to, takes the lock and
// sweeps.
func hold(ctx context.Context, out string, open opener) (*output, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if out == "" {
		return nil, failure.Errorf(failure.Usage, "--out is missing\nhint: name the directory in which runs are published")
	}
	absolute, err := filepath.Abs(out)
	if err != nil {
		return nil, failure.Errorf(failure.IO, "finding the output directory %s: %w", out, err)
	}
	o := &output{path: absolute}
	if o.files, err = open(absolute); err != nil {
		if errors.Is(err, syscall.ENOTDIR) {
			return nil, failure.Errorf(failure.Usage, "the output %s is not a directory\nhint: choose another --out", absolute)
		}
		return nil, o.failed("opening the output directory", "", err)
	}
	if o.lock, err = o.files.Lock(lockFile); err != nil {
		o.files.Close()
		if errors.Is(err, errLocked) {
			return nil, failure.Errorf(failure.Locked, "another run is writing to %s: wait for it, or choose another --out", absolute)
		}
		return nil, o.failed("locking", lockFile, err)
	}
	if err := o.prepare(); err != nil {
		o.release()
		return nil, err
	}
	return o, nil
}

func (o *output) held() bool { return o.lock != nil }

func (o *output) release() {
	if o.lock != nil {
		o.lock.Close()
		o.files.Close()
		o.lock = nil
	}
}

// prepare refuses a layout in which publishing would fail at the end of the work, and makes the
// directories.
func (o *output) prepare() error {
	for name, want := range map[string]fs.FileMode{current: fs.ModeSymlink, published: fs.ModeDir, refused: fs.ModeDir, staging: fs.ModeDir} {
		info, err := o.files.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return o.failed("looking at", name, err)
		}
		if info.Mode().Type() != want {
			kind := map[fs.FileMode]string{fs.ModeSymlink: "a symbolic link", fs.ModeDir: "a directory"}[want]
			return failure.Errorf(failure.IO, "%s is not %s: move it away, or choose another --out", o.name(name), kind)
		}
	}
	if err := o.makeDirectory(published, directoryMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := o.makeDirectory(staging, privateDir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := o.files.Chmod(staging, privateDir); err != nil {
		return o.failed("making private", staging, err)
	}
	return o.sweep()
}

// current returns where the link points, "" when there is none.
func (o *output) current() (string, error) {
	link, err := o.files.Readlink(current)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", o.failed("reading", current, err)
	}
	return path.Clean(filepath.ToSlash(link)), nil
}

func (o *output) makeDirectory(name string, mode fs.FileMode) error {
	if err := o.files.Mkdir(name, mode); err != nil {
		return o.failed("making", name, err)
	}
	return nil
}

// sync makes the entries of a directory last through a power cut.
func (o *output) sync(name string) error {
	if !canSyncDirectories {
		return nil
	}
	directory, err := o.files.Open(name)
	if err != nil {
		return o.failed("opening", name, err)
	}
	defer directory.Close()
	if err := directory.Sync(); err != nil {
		return o.failed("syncing", name, err)
	}
	return nil
}

func (o *output) name(name string) string { return filepath.Join(o.path, filepath.FromSlash(name)) }

// failed names what was being done to which path. A full disk is failure.Resources, anything else
// failure.IO.
func (o *output) failed(doing, name string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	cause := err
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		cause = e.Err
	}
	where := strconv.Quote(o.name(name))
	if quoted := where[1 : len(where)-1]; quoted == o.name(name) {
		where = quoted
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return failure.Errorf(failure.Resources, "%s %s: %w\nhint: free space there, or choose another --out", doing, where, cause)
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return failure.Errorf(failure.IO, "%s %s: %w\nhint: make it writable, or choose another --out", doing, where, cause)
	}
	return failure.Errorf(failure.IO, "%s %s: %w", doing, where, cause)
}
