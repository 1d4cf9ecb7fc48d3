package main

import (
	"fmt"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/version"

	"github.com/spf13/cobra"
)

func versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		Short:   "Program, DuckDB and Arrow versions",
		Example: "  tributary version\n  tributary version --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			eng, err := engine.OpenReading(c.Context())
			if err != nil {
				return err
			}
			defer eng.Close()
			v, err := version.Read(c.Context(), eng)
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
