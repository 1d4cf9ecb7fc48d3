package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tributary/internal/contract"
	"tributary/internal/failure"
	"tributary/internal/words"
)

// extensions are those of canonical files: <table>.csv and so on.
func extensions() []string { return []string{".csv", ".csv.gz", ".csv.zst", ".parquet"} }

// refusedExtension is recognised, so that such a file is refused and not overlooked.
const refusedExtension = ".jsonl"

// find gives every source its files: those that it names, else the canonical file of its table. It
// returns the names of the files that nothing uses. What breaks the input contract is one error, of
// all the tables; those that were found are in the job all the same.
func (j *Job) find(directory string) (ignored []string, err error) {
	names, err := filesIn(directory)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	var problems []error
	for _, table := range contract.Tables() {
		source, err := j.sourceOf(table, directory, names, used)
		if err != nil && failure.CodeOf(err) != failure.Contract {
			return nil, err
		}
		if err != nil || len(source.Files) == 0 {
			problems = append(problems, err)
			delete(j.Tables, table.Name)
			continue
		}
		for _, file := range source.Files {
			used[filepath.Clean(file)] = true
		}
		j.Tables[table.Name] = source
	}
	ignored = slices.DeleteFunc(names, func(name string) bool { return used[name] || strings.HasPrefix(name, ".") })
	if err := errors.Join(problems...); err != nil {
		return ignored, failure.Errorf(failure.Contract, "%w", err)
	}
	return ignored, nil
}

// sourceOf finds the files of one table; there are none where it was not given and does not have to
// be.
func (j *Job) sourceOf(table contract.Table, directory string, names []string, used map[string]bool) (Source, error) {
	source, configured := j.Tables[table.Name]
	if len(source.Files) == 0 {
		file, err := canonical(directory, names, table.Name)
		switch {
		case err != nil:
			return source, err
		case file != "":
			source.Files = []string{file}
			if table.Name == controlTotals {
				if err := j.refuseTwice(file); err != nil {
					return source, err
				}
			}
		case table.Required || configured:
			return source, absent(directory, names, used, table)
		default:
			return source, nil
		}
	}
	return located(directory, names, table.Name, source)
}

// filesIn returns the names in a directory that are not directories, sorted.
func filesIn(directory string) ([]string, error) {
	entries, err := os.ReadDir(directory)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failure.Errorf(failure.Contract, "there is no input directory %s", printable(directory))
	}
	if info, failed := os.Stat(directory); failed == nil && !info.IsDir() {
		return nil, failure.Errorf(failure.Contract, "the input %s is not a directory", printable(directory))
	}
	if err != nil {
		return nil, failure.Errorf(failure.IO, "reading the input directory: %w", err)
	}
	var names []string
	for _, e := range entries {
		// A directory that is called like a table is refused later, not overlooked.
		if !e.IsDir() || slices.ContainsFunc(append(extensions(), refusedExtension), func(extension string) bool { return strings.HasSuffix(e.Name(), extension) }) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// canonical returns the one file of a table, "" when there is none.
func canonical(directory string, names []string, table string) (string, error) {
	var found []string
	for _, extension := range append(extensions(), refusedExtension) {
		if slices.Contains(names, table+extension) {
			found = append(found, table+extension)
		}
	}
	if len(found) > 1 {
		return "", failure.Errorf(failure.Usage, "%s: %s are both files of %s\nhint: remove one, or name the files under tables.%s.files of a configuration",
			printable(directory), strings.Join(found, " and "), table, table)
	}
	return strings.Join(found, ""), nil
}

// absent says which file is missing, and what is there instead.
func absent(directory string, names []string, used map[string]bool, table contract.Table) error {
	var found, near []string
	for _, name := range names {
		if used[name] || strings.HasPrefix(name, ".") {
			continue
		}
		found = append(found, printable(name))
		stem, _, _ := strings.Cut(name, ".")
		if words.Nearest(stem, []string{table.Name}) != "" {
			near = append(near, printable(name))
		}
	}
	there := "the directory has no other file"
	switch {
	case len(near) > 0:
		there = "is it " + strings.Join(near, " or ") + "?"
	case len(found) > 5:
		there = fmt.Sprintf("found %s and %d more", strings.Join(found[:5], ", "), len(found)-5)
	case len(found) > 0:
		there = "found " + strings.Join(found, ", ")
	}
	return failure.Errorf(failure.Contract, "%s: no file of %s: want %s%s; %s\nhint: rename it, or name it under tables.%s.files of a configuration",
		printable(directory), table.Name, table.Name, strings.Join(extensions(), ", "), there, table.Name)
}

// located finds the files that a source names. A name is a name, never a pattern.
func located(directory string, names []string, table string, source Source) (Source, error) {
	files := slices.Clone(source.Files)
	source.Paths = nil
	for i, file := range files {
		path := file
		if !filepath.IsAbs(file) {
			path = filepath.Join(directory, file)
		}
		path, err := filepath.Abs(path)
		if err != nil {
			return source, failure.Errorf(failure.IO, "finding %s: %w", printable(file), err)
		}
		if err := regular(path, file, table, names); err != nil {
			return source, err
		}
		if filepath.IsAbs(file) {
			files[i] = filepath.Base(file) // what is published names no path of the machine
		}
		if slices.Contains(files[:i], files[i]) {
			return source, failure.Errorf(failure.Usage, "tables.%s.files: two files are called %s: give them different names, or paths relative to input.directory", table, printable(files[i]))
		}
		source.Paths = append(source.Paths, path)
	}
	source.Files = files
	return source, nil
}

// regular refuses a path that is missing or no plain file.
func regular(path, file, table string, names []string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failure.Errorf(failure.Contract, "tables.%s: there is no file %s in %s%s", table, printable(file), printable(filepath.Dir(path)), words.DidYouMean(file, names))
	case err != nil:
		return failure.Errorf(failure.IO, "tables.%s: %w", table, err)
	case info.Mode().IsRegular():
		return nil
	}
	kind := "a device, socket or pipe"
	switch {
	case info.IsDir():
		kind = "a directory"
	case info.Mode()&fs.ModeSymlink != 0:
		kind = "a symbolic link"
	}
	return failure.Errorf(failure.Contract, "tables.%s: %s is %s: want a plain file", table, printable(file), kind)
}
