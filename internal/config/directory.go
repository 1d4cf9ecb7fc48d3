package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// find gives every source its files: those that it names, else the canonical file of its table. It
// returns the names of the files that nothing uses. What breaks the input contract is one error, of
// all the tables; those that were found are in the job all the same.
func (j *Job) find(directory string) (ignored []string, err error) {
	names, err := filesIn(directory)
	if err != nil {
		return nil, err
	}
	f := finding{directory: directory, names: names, used: map[string]bool{}}
	var problems []error
	for _, table := range contract.Tables() {
		sources, err := j.sourcesOf(table, &f)
		if err != nil && failure.CodeOf(err) != failure.Contract {
			return nil, err
		}
		if err != nil || len(sources) == 0 {
			problems = append(problems, err)
			delete(j.Tables, table.Name)
			continue
		}
		j.Tables[table.Name] = sources
	}
	if err := errors.Join(problems...); err == nil && !slices.ContainsFunc(contract.MainTables(), func(name string) bool { return len(j.Tables[name]) > 0 }) {
		problems = append(problems, absentAll(&f))
	}
	ignored = slices.DeleteFunc(names, func(name string) bool { return f.used[name] || strings.HasPrefix(name, ".") })
	if err := errors.Join(problems...); err != nil {
		return ignored, failure.Errorf(failure.Contract, "%w", err)
	}
	return ignored, nil
}

// A finding of files is the input directory, what is in it, and which of it some table uses.
type finding struct {
	directory string
	names     []string
	used      map[string]bool
}

// sourcesOf finds the files of one table; there are no sources where it was not given and does not
// have to be.
func (j *Job) sourcesOf(table contract.Table, f *finding) (Sources, error) {
	configured, isConfigured := j.Tables[table.Name]
	if !isConfigured {
		configured = Sources{{}}
	}
	var found Sources
	var problems []error
	for i, source := range configured {
		source, err := j.filesOf(table, source, configured.Place(table.Name, i), isConfigured, f)
		if err != nil && failure.CodeOf(err) != failure.Contract {
			return nil, err
		}
		problems = append(problems, err)
		if err == nil && (len(source.Files) > 0 || source.Select != "") {
			found = append(found, source)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, failure.Errorf(failure.Contract, "%w", err)
	}
	return found, refuseSameNames(table.Name, found)
}

// filesOf finds the files of one source.
func (j *Job) filesOf(table contract.Table, source Source, where string, isConfigured bool, f *finding) (Source, error) {
	if source.Select != "" {
		from := map[string]Source{}
		var problems []error
		for _, name := range source.Relations() {
			relation, err := f.located(source.From[name], where+".from."+name)
			problems = append(problems, err)
			from[name] = relation
		}
		source.From = from
		return source, joined(problems)
	}
	if len(source.Files) == 0 && source.Pattern == nil {
		file, err := canonical(f.directory, f.names, table.Name)
		switch {
		case err != nil:
			return source, err
		case file != "":
			source.Files = []string{file}
			if table.Name == controlTotals {
				if err := j.refuseDuplicates(file); err != nil {
					return source, err
				}
			}
		case isConfigured || table.IsMain && len(f.near(table.Name)) > 0:
			return source, absent(f, table)
		default:
			return source, nil
		}
	}
	return f.located(source, where)
}

// joined is several errors as one, with the code of the gravest: a wrong configuration before a
// file that is missing.
func joined(problems []error) error {
	code := failure.Contract
	for _, err := range problems {
		if err != nil && failure.CodeOf(err) != failure.Contract {
			code = failure.CodeOf(err)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return failure.Errorf(code, "%w", err)
	}
	return nil
}

// refuseSameNames refuses two different files of one table that messages could not tell apart.
func refuseSameNames(table string, sources Sources) error {
	paths := map[string]string{}
	for _, source := range sources {
		if source.Select != "" {
			continue
		}
		for i, name := range source.Files {
			if other, known := paths[name]; known && other != source.Paths[i] {
				return failure.Errorf(failure.Usage, "tables.%s: two files are called %s\nhint: give them different names, or paths relative to input.directory", table, printable(name))
			}
			paths[name] = source.Paths[i]
		}
	}
	return nil
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
		if !e.IsDir() || slices.ContainsFunc(extensions(), func(extension string) bool { return strings.HasSuffix(e.Name(), extension) }) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// located finds the files that a source names, or those that match its pattern, in the order of
// their names. A name is a name, never a pattern.
func (f *finding) located(source Source, where string) (Source, error) {
	files := slices.Clone(source.Files)
	if source.Pattern != nil {
		var err error
		if files, err = f.matching(*source.Pattern, where); err != nil {
			return source, err
		}
	}
	source.Paths = nil
	var problems []error
	for i, file := range files {
		path := file
		if !filepath.IsAbs(file) {
			path = filepath.Join(f.directory, file)
			f.used[filepath.Clean(file)] = true
		}
		path, err := filepath.Abs(path)
		if err != nil {
			return source, failure.Errorf(failure.IO, "finding %s: %w", printable(file), err)
		}
		if err := regular(path, file, where, f.names); err != nil {
			problems = append(problems, err)
			continue
		}
		if filepath.IsAbs(file) {
			files[i] = filepath.Base(file) // what is published names no path of the machine
		}
		if slices.Contains(files[:i], files[i]) {
			return source, failure.Errorf(failure.Usage, "%s.files: two files are called %s\nhint: give them different names, or paths relative to input.directory", where, printable(files[i]))
		}
		source.Paths = append(source.Paths, path)
	}
	source.Files = files
	return source, joined(problems)
}

// matching lists the files that match a pattern, relative to the input directory.
func (f *finding) matching(pattern Pattern, where string) (files []string, err error) {
	directory := filepath.Join(f.directory, pattern.Directory)
	names, err := filesIn(directory)
	if err != nil {
		return nil, err
	}
	var parts []string
	for part := range strings.SplitSeq(pattern.Names, "*") {
		parts = append(parts, regexp.QuoteMeta(part))
	}
	matches := regexp.MustCompile("(?s)^" + strings.Join(parts, ".*") + "$")
	for _, name := range names {
		if matches.MatchString(name) && !strings.HasPrefix(name, ".") {
			files = append(files, filepath.Join(pattern.Directory, name))
		}
	}
	if len(files) == 0 {
		return nil, failure.Errorf(failure.Contract, "%s: no file in %s matches %s", where, printable(directory), printable(pattern.Names))
	}
	return files, nil
}

// regular refuses a path that is missing or no plain file.
func regular(path, file, where string, names []string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failure.Errorf(failure.Contract, "%s: there is no file %s in %s%s", where, printable(file), printable(filepath.Dir(path)), words.DidYouMean(file, names))
	case err != nil:
		return failure.Errorf(failure.IO, "%s: %w", where, err)
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
	return failure.Errorf(failure.Contract, "%s: %s is %s: want a plain file", where, printable(file), kind)
}
