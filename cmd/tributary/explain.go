package main

import (
	"fmt"
	"time"

	"github.com/tributary-engine/tributary/internal/explain"

	"github.com/spf13/cobra"
)

func explainCommand(now func() time.Time) *cobra.Command {
	var out, id string
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain CONVERSION",
		Short: "One opportunity or person: every touchpoint considered, why it counts or not, anchors, weights and credit by model",
		Long: `Explains how a published run credited an opportunity: its pipeline and, if it was won, its revenue; or a person: how it became a
lead, an MQL and so on. CONVERSION is an opportunity id, or contact:ID, lead:ID, anonymous:ID or email:ADDRESS, as person_id of the
outputs has it. Where an opportunity has such an id, it is the opportunity: name the person by another of its ids. The weights are
computed again and compared with the published credit.`,
		Example: "  tributary explain 0062100000CGiJFAA1 --out results\n  tributary explain lead:00Q21000001 --out results",
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) != 1 {
				return fmt.Errorf("explain takes one CONVERSION, but %d were given", len(given))
			}
			return nil
		},
		RunE: func(c *cobra.Command, given []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			directory, err := runDirectory(out, []string{id})
			if err != nil {
				return err
			}
			e, err := explain.Of(c.Context(), directory, given[0])
			if err != nil {
				return err
			}
			if e.AlsoPerson != "" {
				say.warn("%s is both an opportunity and a person, %s; the opportunity is shown", given[0], e.AlsoPerson)
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), e)
			}
			return printExplanation(e, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().StringVar(&id, "run", "", "`RUN` to explain; by default the current one")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}
