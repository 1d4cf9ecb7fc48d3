package config

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"github.com/tributary-engine/tributary/internal/failure"
)

// Load reads a configuration file and finds the input files: in the directory input or, where that
// is empty, in the one that the file names. ignored is the names of the files in that directory
// that no table uses, for one warning. With an error of the input contract, which names all that is
// missing, come the job and the tables that were found.
func Load(path, input string) (job Job, ignored []string, err error) {
	text, err := readFile(path)
	if err != nil {
		return Job{}, nil, err
	}
	job, directory, err := parse(path, text)
	if err != nil {
		return Job{}, nil, err
	}
	if err := job.readSelects(filepath.Dir(path)); err != nil {
		return Job{}, nil, err
	}
	if input == "" {
		if input = directory; !filepath.IsAbs(input) {
			input = filepath.Join(filepath.Dir(path), directory)
		}
	}
	ignored, err = job.find(input)
	if err != nil && failure.CodeOf(err) != failure.Contract {
		return Job{}, nil, err
	}
	if inside, failed := filepath.Rel(input, path); failed == nil {
		ignored = slices.DeleteFunc(ignored, func(name string) bool { return name == inside })
	}
	return job, ignored, err
}

// LoadSettings reads a configuration file without looking for its input files.
func LoadSettings(path string) (Job, error) {
	text, err := readFile(path)
	if err != nil {
		return Job{}, err
	}
	return Parse(path, text)
}

// Parse reads the text of a configuration, named for messages, without looking for its input files:
// the sources hold no paths. It takes what Marshal wrote.
func Parse(name string, text []byte) (Job, error) {
	job, _, err := parse(name, text)
	return job, err
}

// FromDirectory is the job of a directory that holds the canonical files, with a default for
// everything else. ignored and an error of the input contract are as with Load.
func FromDirectory(directory string) (job Job, ignored []string, err error) {
	if job, err = defaults().job(); err != nil {
		return Job{}, nil, err
	}
	if ignored, err = job.find(directory); err != nil && failure.CodeOf(err) != failure.Contract {
		return Job{}, nil, err
	}
	return job, ignored, err
}

// parse also returns input.directory as it is written.
func parse(name string, text []byte) (Job, string, error) {
	t := parseYAML(name, text)
	if err := t.validate(); err != nil {
		return Job{}, "", err
	}
	if len(t.problems) > 0 {
		return Job{}, "", &failure.Error{Code: failure.Usage, Err: t.problems.sorted()}
	}
	d, err := t.decode()
	if err != nil {
		return Job{}, "", err
	}
	if t.check(d); len(t.problems) > 0 {
		return Job{}, "", &failure.Error{Code: failure.Usage, Err: t.problems.sorted()}
	}
	job, err := d.job()
	if job.Out != "" && !filepath.IsAbs(job.Out) {
		job.Out = filepath.Join(filepath.Dir(name), job.Out)
	}
	return job, d.Input.Directory, err
}

// mostStatement is how long an SQL file may be.
const mostStatement = 1 << 20

// readSelects reads the SQL files of the sources, which stand beside the configuration.
func (j *Job) readSelects(directory string) error {
	for table, sources := range j.Tables {
		for i, source := range sources {
			if source.SelectFile == "" {
				continue
			}
			path := source.SelectFile
			if !filepath.IsAbs(path) {
				path = filepath.Join(directory, path)
			}
			text, err := os.ReadFile(path)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return failure.Errorf(failure.Usage, "tables.%s: there is no SQL file %s\nhint: select_file is relative to the configuration", table, printable(source.SelectFile))
			case err != nil:
				return failure.Errorf(failure.IO, "tables.%s: reading %s: %w", table, printable(source.SelectFile), err)
			case len(text) > mostStatement || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0:
				return failure.Errorf(failure.Usage, "tables.%s: %s is no SQL file: want UTF-8 of at most 1 MiB", table, printable(source.SelectFile))
			case len(bytes.TrimSpace(text)) == 0:
				return failure.Errorf(failure.Usage, "tables.%s: the SQL file %s is empty", table, printable(source.SelectFile))
			}
			sources[i].Select = string(text)
		}
	}
	return nil
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failure.Errorf(failure.Usage, "there is no configuration %s\nhint: docs/input.md has an example; `tributary init` writes one", printable(path))
	}
	if err == nil && !info.Mode().IsRegular() {
		return nil, failure.Errorf(failure.Usage, "the configuration %s is not a file", printable(path))
	}
	if err != nil {
		return nil, failure.Errorf(failure.IO, "reading the configuration: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, failure.Errorf(failure.IO, "reading the configuration: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostBytes+16)) // parseYAML refuses what is longer
	if err != nil {
		return nil, failure.Errorf(failure.IO, "reading the configuration: %w", err)
	}
	return text, nil
}
