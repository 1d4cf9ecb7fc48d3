package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/words"
)

// tableRows is how many rows of an answer a table shows: nobody reads more of them on a terminal.
const tableRows = 1000

// A runChoice is which run a command reads, and how much of it.
type runChoice struct {
	out, run    string
	personal    bool
	memoryLimit string
}

func (r *runChoice) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&r.out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&r.run, "run", "", "`RUN` to read; by default the current one")
	f.BoolVar(&r.personal, "personal", false, "show ids and e-mails of persons, and the tables of the run")
}

func (r *runChoice) open() (*query.Run, error) {
	directory, err := runDirectory(r.out, []string{r.run})
	if err != nil {
		return nil, err
	}
	return query.Open(directory, query.Options{Personal: r.personal, MemoryLimit: r.memoryLimit})
}

// A queryView is how an answer is printed.
type queryView struct {
	runChoice
	file, format, to string
	describe         string
	csvRaw           bool
}

func queryCommand() *cobra.Command {
	v := queryView{}
	c := &cobra.Command{
		Use:   "query [SQL]",
		Short: "Answer one SELECT over the reports and the credit of a run; without it, list the views",
		Long: `Answers one SELECT, in the SQL of DuckDB, over a published run: every report is a view under its name, credits has the credit of
each touchpoint, and data_dictionary the unit and meaning of every column. Without SQL, it lists the views.

A query reads these views and nothing else: no file, no network, no setting. Views show neither ids nor e-mails of leads and contacts;
--personal adds them, and the tables of the run (people, conversions, touchpoints and so on; a table that has the name of a
report is called table_NAME). A query gives the same answer every time, so it cannot ask for the time or a random number: the
clock of a run is its as-of.

The answer is printed as a table, or written in the form that --format or the ending of --to names. Notes on stderr say where a
query may add figures that must not be added, such as those of several models.`,
		Example: `  tributary query --out results
  tributary query --describe channel_performance --out results
  tributary query "SELECT channel, revenue FROM channel_performance WHERE basis = 'period' AND model = 'w_shaped'" --out results
  tributary query --file question.sql --to answer.parquet --out results`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			if err := v.check(given); err != nil {
				return err
			}
			run, err := v.open()
			if err != nil {
				return err
			}
			switch {
			case v.describe != "":
				return v.printView(c.Context(), run, c.OutOrStdout())
			case len(given) == 0 && v.file == "":
				return v.printViews(c.Context(), run, c.OutOrStdout())
			}
			text, err := v.text(given, c.InOrStdin())
			if err != nil {
				return err
			}
			return v.answer(c.Context(), run, text, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	v.flags(c)
	f := c.Flags()
	f.StringVar(&v.file, "file", "", "read the SQL from `FILE`; - is standard input")
	f.StringVar(&v.format, "format", "", "`FORM`: table, csv, json or parquet; by default that of --to, else table")
	f.StringVar(&v.to, "to", "", "write the answer to `FILE`, readable by you alone, and replace it if it exists")
	f.StringVar(&v.describe, "describe", "", "print the columns of `VIEW`: type, unit and meaning")
	f.BoolVar(&v.csvRaw, "csv-raw", false, "write text cells that begin like a formula as they are (CSV)")
	f.StringVar(&v.memoryLimit, "memory-limit", "", "memory limit of the engine, as `SIZE` (4GB)")
	return c
}

// check refuses flags that contradict each other, and settles the form of the answer.
func (v *queryView) check(given []string) error {
	isQuestion := len(given) > 0 || v.file != ""
	switch {
	case len(given) > 0 && v.file != "":
		return failure.Errorf(failure.Usage, "use either SQL or --file, not both")
	case v.describe != "" && isQuestion:
		return failure.Errorf(failure.Usage, "use either --describe or a query, not both")
	}
	if v.format == "" {
		v.format = "table"
		if v.to != "" {
			v.format = strings.ToLower(strings.TrimPrefix(filepath.Ext(v.to), "."))
		}
	}
	switch v.format {
	case "csv", "json", "parquet":
	case "table":
		if v.to != "" {
			return failure.Errorf(failure.Usage, "--to: a table cannot be written to a file\nhint: choose --format csv, json or parquet")
		}
	default:
		if v.to != "" {
			return failure.Errorf(failure.Usage, "--to %s: %q is not csv, json or parquet\nhint: say which with --format", v.to, v.format)
		}
		return failure.Errorf(failure.Usage, "--format: %q is not table, csv, json or parquet", v.format)
	}
	switch {
	case v.format == "parquet" && v.to == "":
		return failure.Errorf(failure.Usage, "--format parquet needs a file\nhint: name it with --to FILE")
	case !isQuestion && (v.to != "" || v.format != "table" && v.format != "json"):
		return failure.Errorf(failure.Usage, "--format %s is for the answer of a query\nhint: views are listed as text or as JSON", v.format)
	}
	return nil
}

// text is the SQL: the argument, or what the file has.
func (v queryView) text(given []string, stdin io.Reader) (string, error) {
	if len(given) > 0 {
		return given[0], nil
	}
	var text []byte
	var err error
	if v.file == "-" {
		text, err = io.ReadAll(stdin)
	} else {
		text, err = os.ReadFile(v.file)
	}
	if err != nil {
		return "", failure.Errorf(failure.IO, "reading the query: %w", err)
	}
	return string(text), nil
}

// answer asks and prints.
func (v queryView) answer(ctx context.Context, run *query.Run, text string, out, parts io.Writer) error {
	scratch := ""
	if v.format == "parquet" {
		var err error
		if scratch, err = os.MkdirTemp(filepath.Dir(v.to), ".tributary-query-"); err != nil {
			return failure.Writing("--to %s: %w", v.to, err)
		}
		defer os.RemoveAll(scratch)
	}
	a, err := run.Ask(ctx, text, scratch)
	if err != nil {
		return err
	}
	defer a.Close()
	for _, note := range a.Notes {
		fmt.Fprintln(parts, plain("note: "+note))
	}
	if a.Rows == 0 && v.format != "table" { // a table says so itself
		fmt.Fprintln(parts, "answer: no rows")
	}
	if v.to != "" {
		return v.write(ctx, a, scratch, parts)
	}
	switch v.format {
	case "csv":
		return a.WriteCSV(ctx, out, v.csvRaw)
	case "json":
		return a.WriteJSON(ctx, out)
	}
	err = a.Table(ctx, tableRows, func(eng *engine.Engine, query string) error {
		return writeTable(ctx, eng, query, "answer", 0, out)
	})
	if err == nil && a.Rows > tableRows {
		_, err = fmt.Fprintf(out, "the first %s of %s\n", words.Number(tableRows), words.Count(a.Rows, "row"))
	}
	return writing(err)
}

// write writes the answer beside the file that was asked for, and then puts it in its place.
func (v queryView) write(ctx context.Context, a *query.Answer, scratch string, parts io.Writer) error {
	if v.format == "parquet" {
		made := filepath.Join(scratch, "answer.parquet")
		if err := a.WriteParquet(ctx, made); err != nil {
			return fmt.Errorf("--to %s: %w", v.to, err)
		}
		if err := putInPlace(made, v.to, 0o600); err != nil {
			return err
		}
	} else if err := replaceFile(v.to, 0o600, func(out io.Writer) error {
		if v.format == "csv" {
			return a.WriteCSV(ctx, out, v.csvRaw)
		}
		return a.WriteJSON(ctx, out)
	}); err != nil {
		return err
	}
	fmt.Fprintf(parts, "wrote %s to %s\n", words.Count(a.Rows, "row"), v.to)
	return nil
}

// replaceFile writes a file of a mode beside its place, and moves it there once it is complete: one
// that was there before stays whole until then, and hands on its mode. A symbolic link stays, and its
// target is replaced. What is no file, such as a pipe or a device, is written to.
func replaceFile(path string, mode fs.FileMode, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return failure.Writing("--to %s: it is a directory\nhint: name a file", path)
	case err == nil && !info.Mode().IsRegular():
		return writeInto(path, write)
	case err == nil:
		mode = info.Mode().Perm()
	}
	directory := filepath.Dir(path)
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return failure.Writing("--to %s: there is no directory %s\nhint: make it, or name a file elsewhere", path, directory)
	}
	temporary, err := os.CreateTemp(directory, ".tributary-") // of mode 0600
	if err != nil {
		return failure.Writing("--to %s: %w", path, err)
	}
	defer os.Remove(temporary.Name()) // it is gone once it was renamed
	err = write(temporary)
	if closed := temporary.Close(); err == nil && closed != nil {
		err = failure.Writing("--to %s: %w", path, closed)
	}
	if err != nil {
		return err
	}
	return putInPlace(temporary.Name(), path, mode)
}

// writeInto writes to a pipe or a device.
func writeInto(path string, write func(io.Writer) error) error {
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return failure.Writing("--to %s: %w", path, err)
	}
	err = write(out)
	if closed := out.Close(); err == nil && closed != nil {
		err = failure.Writing("--to %s: %w", path, closed)
	}
	return err
}

// putInPlace gives a complete file its mode and moves it to its place in one step.
func putInPlace(made, path string, mode fs.FileMode) error {
	err := os.Chmod(made, mode)
	if err == nil {
		err = os.Rename(made, path)
	}
	if err != nil {
		return failure.Writing("--to %s: %w", path, err)
	}
	return nil
}
