package main

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/job"
)

func tablesCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "tables",
		Short: "List the tables and views of a run, with their grain",
		Long: `Lists every table and view that a run creates in DuckDB, in the order of creation: what one row stands for, which source file
creates it, and which tables and views it reads.`,
		Example: "  tributary tables\n  tributary tables --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if asJSON {
				type relation struct {
					Name   string   `json:"name"`
					Grain  string   `json:"grain"`
					MadeBy string   `json:"made_by"`
					Reads  []string `json:"reads"`
				}
				var all []relation
				for _, r := range job.Relations() {
					all = append(all, relation{r.Name, r.Grain, r.MadeBy, append([]string{}, r.Reads...)})
				}
				return printJSON(c.OutOrStdout(), all)
			}
			_, err := fmt.Fprintln(c.OutOrStdout(), relationsTable(job.Relations()).Render())
			return writing(err)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

func relationsTable(relations []engine.Relation) table.Writer {
	t := newTable("")
	t.AppendHeader(table.Row{"name", "grain", "made by", "reads"})
	for _, r := range relations {
		t.AppendRow(table.Row{r.Name, r.Grain, r.MadeBy, strings.Join(r.Reads, ", ")})
	}
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}, {Number: 4, WidthMax: 60, WidthMaxEnforcer: text.WrapSoft}})
	return t
}
