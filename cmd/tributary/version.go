package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"tributary/internal/engine"
)

// program is the version of Tributary; the changelog has its history.
const program = "0.3.0"

type versionsOf struct {
	Program string `json:"program"`
	DuckDB  string `json:"duckdb"`
	Arrow   string `json:"arrow"`
}

func versions(ctx context.Context, eng *engine.Engine) (versionsOf, error) {
	duckdb, err := eng.Version(ctx)
	v := versionsOf{Program: "tributary " + program, DuckDB: duckdb, Arrow: "unknown"}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == "github.com/apache/arrow-go/v18" {
				v.Arrow = dependency.Version
			}
		}
	}
	return v, err
}

func versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Program, DuckDB and Arrow versions",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			eng, closeEngine, err := readingEngine(c.Context())
			if err != nil {
				return err
			}
			defer closeEngine()
			v, err := versions(c.Context(), eng)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), v)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "%s\nduckdb %s\narrow %s\n", v.Program, v.DuckDB, v.Arrow)
			return writing(err)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// readingEngine opens an engine that only reads, and only the given directories. It spills nowhere.
func readingEngine(ctx context.Context, directories ...string) (*engine.Engine, func(), error) {
	eng, err := engine.Open(ctx, engine.Options{Directories: directories})
	if err != nil {
		return nil, nil, err
	}
	return eng, func() { _ = eng.Close() }, nil
}
