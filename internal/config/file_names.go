package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// extensions are those of canonical files: <table>.csv and so on.
func extensions() []string {
	return []string{".csv", ".csv.gz", ".csv.zst", ".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst"}
}

// canonical returns the one file of a table, "" when there is none.
func canonical(directory string, names []string, table string) (string, error) {
	var found []string
	for _, extension := range extensions() {
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
func absent(f *finding, table contract.Table) error {
	return failure.Errorf(failure.Contract, "%s: no file of %s: want %s%s; %s\nhint: rename it, or name it under tables.%s.files of a configuration",
		printable(f.directory), table.Name, table.Name, strings.Join(extensions(), ", "), f.found(table.Name), table.Name)
}

// absentAll says that there is nothing to begin with.
func absentAll(f *finding) error {
	names := contract.MainTables()
	return failure.Errorf(failure.Contract, "%s: no file of %s, and a run needs at least one of them: want %s%s; %s\nhint: rename the file, or name it under tables.%s.files of a configuration; `tributary init --from DIR` writes one for exports that it recognises",
		printable(f.directory), strings.Join(names, " or "), names[0], strings.Join(extensions(), ", "), f.found(names...), names[0])
}

// near are the files that no table uses and whose name is nearly that of a table.
func (f *finding) near(table string) []string {
	var near []string
	for _, name := range f.names {
		stem, _, _ := strings.Cut(name, ".")
		if !f.used[name] && !strings.HasPrefix(name, ".") && words.Nearest(stem, []string{table}) != "" {
			near = append(near, printable(name))
		}
	}
	return near
}

// found says what is in the directory instead of the file of a table.
func (f *finding) found(tables ...string) string {
	var near, others []string
	for _, table := range tables {
		near = append(near, f.near(table)...)
	}
	for _, name := range f.names {
		if !f.used[name] && !strings.HasPrefix(name, ".") {
			others = append(others, printable(name))
		}
	}
	switch {
	case len(near) > 0:
		return "is it " + strings.Join(near, " or ") + "?"
	case len(others) > 5:
		return fmt.Sprintf("found %s and %d more", strings.Join(others[:5], ", "), len(others)-5)
	case len(others) > 0:
		return "found " + strings.Join(others, ", ")
	}
	return "the directory has no other file"
}
