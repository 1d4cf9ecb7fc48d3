package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/assistant"
)

func mcpCommand() *cobra.Command {
	choice := runChoice{}
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Serve a run to an assistant, read only, over the Model Context Protocol on standard input and output",
		Long: `Serves the reports and the credit of a run to an assistant that speaks the Model Context Protocol: it starts this command and talks
to it on standard input and output. The tools list, describe and read reports, explain how an opportunity was credited, and answer
one SELECT as "tributary query" does. Every answer has the run, its as-of, the grain, the models and the unit of each column.

Nothing is written, and no connection is opened. Answers have neither ids nor e-mails of leads and contacts, unless --personal is given: what
an assistant reads leaves this machine if its model runs elsewhere. Without --run, each call reads the run that is current then.
docs/mcp.md shows how to set up an assistant.`,
		Example: "  tributary mcp --out results",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if _, err := choice.open(); err != nil { // say now what would fail in every call
				return err
			}
			return assistant.Serve(c.Context(), choice.open, io.NopCloser(c.InOrStdin()), writeOnly{c.OutOrStdout()})
		},
	}
	choice.flags(c)
	c.Flags().StringVar(&choice.memoryLimit, "memory-limit", "2GB", "memory limit of the engine that answers queries, as `SIZE`")
	return c
}

// writeOnly is standard output, which the end of a session does not close.
type writeOnly struct{ io.Writer }

func (writeOnly) Close() error { return nil }
