package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/workbook"
)

func workbookCommand() *cobra.Command {
	var out, run, to string
	c := &cobra.Command{
		Use:   "workbook",
		Short: "Write the reports of a run as one Excel workbook",
		Long: `Writes all reports of a published run into one Excel workbook: what the run is and whether its figures tie out, two charts, the
meaning of every column, and one sheet for each report. Every run has this file already, as report.xlsx; the command writes it for runs of
earlier versions, and under another name. A FILE that exists is replaced.`,
		Example: "  tributary workbook --out results\n  tributary workbook --out results --run 000012 --to march.xlsx",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := refuseEmpty(c, "out", "run", "to"); err != nil {
				return err
			}
			opened, err := openPublished(c.Context(), out, run)
			if err != nil {
				return err
			}
			defer opened.Close()
			if err := workbook.To(c.Context(), opened, to); err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "wrote %s\n", to)
			return writing(err)
		},
	}
	f := c.Flags()
	f.StringVar(&out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&run, "run", "", "`RUN` to write; by default the current one")
	f.StringVar(&to, "to", workbook.File, "`FILE` to write")
	return c
}
