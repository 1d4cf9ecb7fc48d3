package synthetic

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
)

// A Format is how tables are written.
type Format string

const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
)

// As runs publishes them: no one but the owner and the group reads what may stand for people.
const (
	fileMode      fs.FileMode = 0o640
	directoryMode fs.FileMode = 0o750
)

//go:embed tributary.yaml
var configuration []byte

// Generate writes a company and its tributary.yaml as a new directory. It appears whole: until the
// last step the files are in another directory beside it, which does not outlive a failure or a
// signal.
func Generate(ctx context.Context, c Company, format Format, directory string, show *progress.Display) ([]Rows, error) {
	return staged(directory, func(staging string) ([]Rows, error) {
		rows, err := writeTables(ctx, c, format, staging, show)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(staging, "tributary.yaml"), configuration, fileMode); err != nil {
			return nil, failure.Writing("writing tributary.yaml: %w", reason(err))
		}
		return rows, nil
	})
}

// GenerateTables writes a company in the same way, without a tributary.yaml.
func GenerateTables(ctx context.Context, c Company, format Format, directory string) ([]Rows, error) {
	return staged(directory, func(staging string) ([]Rows, error) { return writeTables(ctx, c, format, staging, nil) })
}

// staged has a directory filled beside its place, and moves it there.
func staged(directory string, fill func(staging string) ([]Rows, error)) (rows []Rows, err error) {
	place, err := vacant(directory)
	if err != nil {
		return nil, err
	}
	remove, err := MakeDirectories(filepath.Dir(place.path))
	if err != nil {
		return nil, err
	}
	// The name is short: that of the directory may be as long as names can be.
	staging := filepath.Join(filepath.Dir(place.path), ".generating-"+strings.ToLower(rand.Text()[:10]))
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(staging))
			remove()
		}
	}()
	if err := os.Mkdir(staging, place.mode|0o700); err != nil {
		return nil, failure.Writing("%s cannot be made: %w\nhint: make the directory above it writable, or name another directory", directory, reason(err))
	}
	if rows, err = fill(staging); err != nil {
		return nil, err
	}
	if place.exists {
		if err := os.Chmod(staging, place.mode); err != nil { // it is the same directory to those who may see it
			return nil, failure.Writing("setting the mode of %s: %w", directory, reason(err))
		}
		if err := os.Remove(place.path); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty, or is not removed
			return nil, failure.Writing("replacing %s: %w\nhint: name a directory inside it", directory, reason(err))
		}
	}
	if err := os.Rename(staging, place.path); err != nil {
		return nil, failure.Writing("moving the files to %s: %w\nhint: name a directory that is missing", directory, reason(err))
	}
	return rows, nil
}

// MakeDirectories makes a directory and those above it, where they are missing. Remove takes away
// again what it made, as long as nothing is in it.
func MakeDirectories(path string) (remove func(), err error) {
	var missing []string
	for at := filepath.Clean(path); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		missing = append(missing, at)
	}
	var made []string
	remove = func() {
		for _, at := range slices.Backward(made) {
			_ = os.Remove(at) // someone else may have put something there
		}
	}
	for _, at := range slices.Backward(missing) {
		if err := os.Mkdir(at, directoryMode); err == nil {
			made = append(made, at)
		} else if !errors.Is(err, fs.ErrExist) {
			remove()
			return nil, failure.Writing("%s cannot be made: %w\nhint: make the directory above it writable, or name another directory", at, reason(err))
		}
	}
	return remove, nil
}

// reason leaves out of an error of a file which one it was: its path is one that nobody has named.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}

// A place is where a directory may be written.
type place struct {
	path   string
	exists bool        // it is empty, and is replaced
	mode   fs.FileMode // of the new directory; the umask is taken off unless it exists
}

// vacant wants a directory that is not there, or is empty and can be replaced.
func vacant(directory string) (place, error) {
	path, err := filepath.Abs(directory)
	if err != nil {
		return place{}, failure.Errorf(failure.IO, "finding %s: %w", directory, err)
	}
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return place{path: path, mode: directoryMode}, nil
	}
	if err != nil {
		return place{}, failure.Errorf(failure.IO, "looking at %s: %w", directory, reason(err))
	}
	if !info.IsDir() {
		return place{}, failure.Errorf(failure.Usage, "%s is not a directory\nhint: name one that does not exist yet", directory)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return place{}, failure.Errorf(failure.IO, "looking into %s: %w", directory, reason(err))
	}
	if here, err := os.Stat("."); len(entries) > 0 || (err == nil && os.SameFile(here, info)) {
		return place{}, failure.Errorf(failure.Usage, "%s already exists; nothing in it was changed\nhint: name a directory that does not exist yet", directory)
	}
	above, err := os.Stat(filepath.Dir(path))
	if err != nil {
		return place{}, failure.Errorf(failure.IO, "looking at the directory above %s: %w", directory, reason(err))
	}
	if isMountPoint(info, above) {
		return place{}, failure.Errorf(failure.Usage, "%s is a mount point, and cannot be replaced\nhint: name a directory inside it: %s", directory, filepath.Join(directory, "company"))
	}
	return place{path: path, exists: true, mode: info.Mode() & (fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky)}, nil
}

// writeTables writes every table of a company into an empty directory.
func writeTables(ctx context.Context, c Company, format Format, directory string, show *progress.Display) ([]Rows, error) {
	to, err := newSink(ctx, format, directory)
	if err != nil {
		return nil, err
	}
	defer to.abandon()
	g := newGenerator(c, to)
	if err := g.generate(ctx, show); err != nil {
		return nil, err
	}
	if err := to.close(ctx); err != nil {
		return nil, err
	}
	show.End()
	var rows []Rows
	for i, t := range g.tables {
		rows = append(rows, Rows{Table: t.Name, Rows: g.rows[i] + g.more[i]})
	}
	return rows, nil
}

func newSink(ctx context.Context, format Format, directory string) (sink, error) {
	switch format {
	case CSV:
		return newCSV(directory, tables())
	case Parquet:
		return newParquet(ctx, directory, tables())
	}
	return nil, failure.Errorf(failure.Usage, "--format: %q is not csv or parquet", format)
}
