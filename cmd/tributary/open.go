package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

func openCommand() *cobra.Command {
	choice := runChoice{}
	var to string
	var force bool
	c := &cobra.Command{
		Use:   "open",
		Short: "Write the reports and the credit of a run into a DuckDB file, for other programs",
		Long: `Writes the views of "tributary query" as tables of a DuckDB file, for the duckdb command line, Python or a BI tool. Comments on its
tables and columns say what a row is, and the unit and meaning of every column. Only you can read the file. It has neither ids nor
e-mails of persons; --personal adds them, and the tables of the run.

The file is tributary_RUN.duckdb in the current directory, unless --to names another. It is a copy: "tributary gc" does not delete
it, and a later run does not change it.`,
		Example: "  tributary open --out results\n  tributary open --out results --to reports.duckdb --force",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			run, err := choice.open()
			if err != nil {
				return err
			}
			if to == "" {
				to = "tributary_" + run.ID + ".duckdb"
			}
			if err := placeFor(to, run.Directory, force); err != nil {
				return err
			}
			scratch, err := os.MkdirTemp(filepath.Dir(to), ".tributary-open-")
			if err != nil {
				return failure.Writing("--to %s: %w", to, err)
			}
			defer os.RemoveAll(scratch)
			made := filepath.Join(scratch, "open.duckdb")
			if err := run.Store(c.Context(), scratch, made); err != nil {
				return err
			}
			if err := putInPlace(made, to, 0o600); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "wrote %s: %s of run %s, as of %s\n\n  duckdb -readonly %[1]s\n  python: duckdb.connect(%[5]q, read_only=True)\n",
				to, words.Count(len(run.Views), "table"), run.ID, run.Manifest.AsOf, to)
			return writing(err)
		},
	}
	choice.flags(c)
	c.Flags().StringVar(&to, "to", "", "write to `FILE`")
	c.Flags().BoolVar(&force, "force", false, "replace the file if it exists")
	return c
}

// placeFor refuses a place where there is something else, or one within the run, whose files are
// those of its manifest.
func placeFor(to, run string, force bool) error {
	info, err := os.Lstat(to)
	switch {
	case err == nil && info.IsDir():
		return failure.Errorf(failure.Usage, "--to %s: it is a directory\nhint: name a file in it", to)
	case err == nil && !force:
		return failure.Errorf(failure.Usage, "%s exists\nhint: replace it with --force, or choose another file with --to", to)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return failure.Errorf(failure.IO, "--to %s: %w", to, err)
	}
	inside, err := isWithin(filepath.Dir(to), run)
	if err != nil {
		return failure.Errorf(failure.IO, "--to %s: %w", to, err)
	}
	if inside {
		return failure.Errorf(failure.Usage, "--to %s: it is within the run, whose files never change\nhint: choose a place outside %s", to, run)
	}
	return nil
}

// isWithin reports whether a directory is another one, or within it, by the real paths of both.
func isWithin(directory, other string) (bool, error) {
	var paths [2]string
	for i, path := range []string{directory, other} {
		absolute, err := filepath.Abs(path)
		if err == nil {
			absolute, err = filepath.EvalSymlinks(absolute)
		}
		if err != nil {
			return false, err
		}
		paths[i] = absolute
	}
	relative, err := filepath.Rel(paths[1], paths[0])
	return err == nil && filepath.IsLocal(relative), err
}
