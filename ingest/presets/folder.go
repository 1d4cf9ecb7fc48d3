package presets

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A File is an export that was looked at: how it is written, and its headers.
type File struct {
	Name      string // in its directory
	Delimiter string // "" of the comma
	Encoding  string // "" of UTF-8
	SkipRows  int
	Headers   []string
	Problem   string // why it cannot be used: it could not be read or, if it was not recognised, what it is nearest to

	path  string
	types []string // of Parquet, the engine's types of the columns; nil: it is text
}

// lookAt finds out how the files of a directory are written. Those that are no exports, by their
// names, are left out.
func lookAt(ctx context.Context, directory string) ([]File, error) {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return nil, failure.Errorf(failure.Usage, "--from: reading %s: %w\nhint: name the directory that holds the exports", directory, errors.Unwrap(err))
	}
	var files []File
	for _, entry := range entries {
		switch name := entry.Name(); {
		case !entry.Type().IsRegular() || strings.HasPrefix(name, "."):
		case strings.HasSuffix(strings.ToLower(name), ".parquet"):
			files = append(files, lookParquet(ctx, directory, name))
		case isText(name):
			files = append(files, look(directory, name))
		}
	}
	return files, nil
}

// deepest is how many levels below a directory exports are looked for.
const deepest = 2

// exportsBelow finds the folders of a directory that hold CSV or Parquet files, by their paths in it.
func exportsBelow(directory string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		relative, notBelow := filepath.Rel(directory, path)
		folder := filepath.ToSlash(filepath.Dir(relative))
		switch {
		case err != nil || notBelow != nil: // it cannot be read, and is not offered
			return nil
		case entry.IsDir() && relative != "." && (strings.HasPrefix(entry.Name(), ".") || strings.Count(filepath.ToSlash(relative), "/") >= deepest):
			return filepath.SkipDir
		case entry.Type().IsRegular() && folder != "." && isExport(entry.Name()) && !slices.Contains(found, folder):
			found = append(found, folder)
		}
		return nil
	})
	return found, err
}

// isExport tells by its name whether a file is CSV or Parquet.
func isExport(name string) bool {
	return !strings.HasPrefix(name, ".") && (strings.HasSuffix(strings.ToLower(name), ".parquet") || isText(name))
}

// lookParquet asks the engine for the columns of a Parquet file. Their types say how times are
// written; text in them is taken for ISO 8601.
func lookParquet(ctx context.Context, directory, name string) File {
	f := File{Name: name, path: filepath.Join(directory, name), types: []string{}}
	wrong := func(err error) File {
		f.Problem = err.Error()
		return f
	}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return wrong(err)
	}
	defer eng.Close()
	absolute, err := filepath.Abs(f.path)
	if err != nil {
		return wrong(err)
	}
	rows, err := eng.Rows(ctx, "SELECT * FROM read_parquet("+engine.Text(strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(absolute))+", hive_partitioning = false) LIMIT 0")
	if err != nil {
		return wrong(errors.New("is damaged, or not a Parquet file that can be read"))
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return wrong(err)
	}
	for _, column := range columns {
		f.Headers, f.types = append(f.Headers, column.Name()), append(f.types, column.DatabaseTypeName())
	}
	return f
}

func isText(name string) bool {
	return slices.ContainsFunc([]string{".csv", ".csv.gz", ".csv.zst"}, func(ending string) bool { return strings.HasSuffix(strings.ToLower(name), ending) })
}
