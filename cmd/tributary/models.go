package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/models"
)

func modelsCommand() *cobra.Command {
	var asJSON bool
	var file string
	c := &cobra.Command{
		Use:   "models",
		Short: "List the models with their weights and anchors",
		Long: `Lists the models with their weights. A weight belongs to an anchor (FT first touch, LT last touch, LC lead creation,
OC opportunity creation, CW close) or to the middle: all touchpoints that hold none of the model's anchors.

With --config, it also lists the models that the configuration defines.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var settings config.Job
			if file != "" {
				text, err := os.ReadFile(file)
				if err != nil {
					return failure.Errorf(failure.Usage, "--config: %w", err)
				}
				if settings, err = config.Parse(file, text); err != nil {
					return err
				}
			}
			list, err := models.Select(nil, settings.CustomModels)
			if err != nil {
				return err
			}
			if asJSON {
				type entry struct {
					Name string `json:"name"`
					Doc  string `json:"doc"`
				}
				var entries []entry
				for _, m := range list {
					entries = append(entries, entry{m.Name, m.Doc})
				}
				return printJSON(c.OutOrStdout(), entries)
			}
			for _, m := range list {
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%-17s %s\n", m.Name, m.Doc); err != nil {
					return writing(err)
				}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	c.Flags().StringVar(&file, "config", "", "configuration `FILE` that defines more models")
	return c
}

func printJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return writing(encoder.Encode(value))
}
