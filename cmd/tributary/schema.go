package main

import (
	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of tributary.yaml, for editors",
		Long: `Prints the JSON Schema (draft 2020-12) of tributary.yaml. With it, an editor completes keys, shows their meaning and marks errors. init
writes it beside the configuration, as ` + schemaFile + `, and the first line of the configuration names it, as editors with the YAML
language server read it:

  ` + schemaLine + `

The file is local, so that this works without a network. After an update of Tributary, write it anew.`,
		Example: "  tributary schema\n  tributary schema > " + schemaFile,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := c.OutOrStdout().Write(config.Schema())
			return writing(err)
		},
	}
}

const (
	schemaFile = "tributary.schema.json"                           // beside the configuration
	schemaLine = "# yaml-language-server: $schema=./" + schemaFile // the first line of the configuration
)
