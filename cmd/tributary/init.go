package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/synthetic"
)

//go:embed init.yaml
var firstConfiguration []byte

// firstCompany is what init writes; the first deal of its first account is there to be explained.
var firstCompany = synthetic.Company{Seed: 1, Accounts: 40, Touches: 3000}

const firstDeal = "O-1-1"

func initCommand(now func() time.Time) *cobra.Command {
	var from, preset string
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a commented tributary.yaml, for your exports or with a small company to try it on",
		Long: `Writes DIR/tributary.yaml, which shows every setting with its default, and DIR/data, the tables of a small made-up company on
which it runs. With --from it looks at a directory of exports instead, recognises the layouts that it knows (tributary presets
lists them), and writes a configuration for these files, with a comment at every decision that a person should check, and the
SELECTs that it uses in DIR/sql. DIR is the current directory unless it is given. Nothing that is there is overwritten.`,
		Example: "  tributary init\n  tributary init attribution\n  tributary init --from exports\n  tributary init attribution --from exports --preset salesforce",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			directory := "."
			if len(args) == 1 {
				directory = args[0]
			}
			if directory == "" {
				return failure.Errorf(failure.Usage, "DIR is empty\nhint: name the directory for tributary.yaml")
			}
			if from != "" {
				return initFrom(c, say, from, preset, directory)
			}
			if preset != "" {
				return failure.Errorf(failure.Usage, "--preset needs --from: the directory of the exports")
			}
			file, out := filepath.Join(directory, "tributary.yaml"), filepath.Join(directory, "out")
			if err := begin(c.Context(), file, filepath.Join(directory, "data")); err != nil {
				return err
			}
			say.say("wrote %s and a small company in %s", file, filepath.Join(directory, "data"))
			_, err = fmt.Fprintf(c.OutOrStdout(), `tributary run --config %s --out %[2]s
tributary report channel_performance --out %[2]s --measure revenue,roi --models w_shaped,first_touch,last_touch
tributary explain %s --out %[2]s
`, shellWord(file), shellWord(out), firstDeal)
			return writing(err)
		},
	}
	c.Flags().StringVar(&from, "from", "", "directory of exports to write a configuration for")
	c.Flags().StringVar(&preset, "preset", "", "the only layout to look for, where files fit several")
	return c
}

// begin writes both or, when one cannot be written, neither.
func begin(ctx context.Context, file, data string) (err error) {
	for _, path := range []string{file, data} {
		if _, err := os.Lstat(path); err == nil {
			return failure.Errorf(failure.Usage, "%s exists already and was not changed\nhint: give init another directory", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return failure.Errorf(failure.IO, "looking at %s: %w", path, err)
		}
	}
	remove, err := synthetic.MakeDirectories(filepath.Dir(data))
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			remove()
		}
	}()
	if _, err := synthetic.GenerateTables(ctx, firstCompany, synthetic.CSV, data); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(data))
		}
	}()
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return failure.Writing("making %s: %w", file, err)
	}
	if _, err := f.Write(firstConfiguration); err != nil {
		return errors.Join(failure.Writing("writing %s: %w", file, err), f.Close(), os.Remove(file))
	}
	if err := f.Close(); err != nil {
		return errors.Join(failure.Writing("closing %s: %w", file, err), os.Remove(file))
	}
	return nil
}

// shellWord quotes a path that a shell would split or read otherwise.
func shellWord(path string) string {
	if path != "" && !strings.ContainsFunc(path, func(r rune) bool {
		return !strings.ContainsRune("./_-+,:@%=~", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) && path[0] != '~' {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
