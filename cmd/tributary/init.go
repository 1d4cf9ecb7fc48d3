package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/synthetic"
)

// firstCompany is what init writes; the first deal of its first account is there to be explained.
var firstCompany = synthetic.Company{Seed: 1, Accounts: 300, Touches: 24_000}

const firstDeal = "O-1-1"

func initCommand(now func() time.Time) *cobra.Command {
	var from, preset string
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a commented tributary.yaml, for your exports or with a small company to try it on",
		Long: `Writes DIR/tributary.yaml, which shows every setting with its default, DIR/` + schemaFile + `, with which editors complete
the settings, and DIR/data, the tables of a small made-up company on which it runs. With --from it looks at a directory of exports
instead, recognises the layouts that it knows (tributary presets lists them), and writes a configuration for these files, with a comment
at every decision that a person should check, and the SELECTs that it uses in DIR/sql. DIR is the current directory unless it is given.
Nothing that is there is overwritten.`,
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
	c.Flags().StringVar(&from, "from", "", "`DIR` of exports to write a configuration for")
	c.Flags().StringVar(&preset, "preset", "", "`NAME` of the only layout to look for, where files fit several")
	return c
}

// begin writes the configuration with its schema and the company or, when one cannot be written,
// nothing.
func begin(ctx context.Context, file, data string) (err error) {
	for _, path := range []string{file, data, filepath.Join(filepath.Dir(file), schemaFile)} {
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
	return writeTexts(filepath.Dir(file), map[string]string{filepath.Base(file): firstConfiguration(), schemaFile: string(config.Schema())})
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
