package synthetic

import (
	"context"
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"tributary/ingest"
	"tributary/internal/failure"
	"tributary/internal/progress"
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

// Generate writes a company and its tributary.yaml as a new directory. It appears whole: until the last step the files are in
// another directory beside it, which does not outlive a failure or a signal.
func Generate(ctx context.Context, c Company, format Format, directory string, show *progress.Display) ([]Rows, error) {
	return staged(directory, func(staging string) ([]Rows, error) {
		rows, err := WriteTables(ctx, c, format, staging, show)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(staging, "tributary.yaml"), configuration, fileMode); err != nil {
			return nil, failure.Writing("writing tributary.yaml: %w", err)
		}
		return rows, nil
	})
}

// GenerateTables writes a company in the same way, without a tributary.yaml.
func GenerateTables(ctx context.Context, c Company, format Format, directory string) ([]Rows, error) {
	return staged(directory, func(staging string) ([]Rows, error) { return WriteTables(ctx, c, format, staging, nil) })
}

// staged has a directory filled beside its place, and moves it there.
func staged(directory string, fill func(staging string) ([]Rows, error)) (rows []Rows, err error) {
	absolute, err := vacant(directory)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(absolute), directoryMode); err != nil {
		return nil, failure.Writing("making the directory above %s: %w", directory, err)
	}
	staging, err := os.MkdirTemp(filepath.Dir(absolute), "."+filepath.Base(absolute)+".generating-")
	if err != nil {
		return nil, failure.Writing("making a directory beside %s: %w", directory, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(staging))
		}
	}()
	if rows, err = fill(staging); err != nil {
		return nil, err
	}
	if err := os.Chmod(staging, directoryMode); err != nil {
		return nil, failure.Writing("setting the mode of %s: %w", directory, err)
	}
	if err := os.Remove(absolute); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty, or is not removed
		return nil, failure.Writing("replacing %s: %w", directory, err)
	}
	if err := os.Rename(staging, absolute); err != nil {
		return nil, failure.Writing("moving the files to %s: %w", directory, err)
	}
	return rows, nil
}

// vacant wants a directory that is not there, or is empty and can be replaced.
func vacant(directory string) (string, error) {
	absolute, err := filepath.Abs(directory)
	if err != nil {
		return "", failure.Errorf(failure.IO, "finding %s: %w", directory, err)
	}
	info, err := os.Lstat(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		return absolute, nil
	}
	if err != nil {
		return "", failure.Errorf(failure.IO, "looking at %s: %w", directory, err)
	}
	if !info.IsDir() {
		return "", failure.Errorf(failure.Usage, "%s is not a directory (name one that does not exist yet)", directory)
	}
	entries, err := os.ReadDir(absolute)
	if err != nil {
		return "", failure.Errorf(failure.IO, "looking into %s: %w", directory, err)
	}
	if here, err := os.Stat("."); len(entries) > 0 || (err == nil && os.SameFile(here, info)) {
		return "", failure.Errorf(failure.Usage, "%s is there already: nothing in it was touched (name a directory that does not exist yet)", directory)
	}
	return absolute, nil
}

// WriteTables writes every table of a company into an empty directory.
func WriteTables(ctx context.Context, c Company, format Format, directory string, show *progress.Display) ([]Rows, error) {
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
		rows = append(rows, Rows{Table: t.Name, Rows: g.rows[i]})
	}
	return rows, nil
}

func newSink(ctx context.Context, format Format, directory string) (sink, error) {
	switch format {
	case CSV:
		return newCSV(directory, ingest.Tables())
	case Parquet:
		return newParquet(ctx, directory, ingest.Tables())
	}
	return nil, failure.Errorf(failure.Usage, "--format: %q is not csv or parquet", format)
}
