package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/present"
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
		Example: "  tributary models\n  tributary models --json\n  tributary models --config tributary.yaml",
		Args:    cobra.NoArgs,
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
				var entries []listedModel
				for _, m := range list {
					entries = append(entries, listedModelOf(m))
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

// A listedModel is what `models --json` prints about one model.
type listedModel struct {
	Name         string        `json:"name"`
	Label        string        `json:"label"`
	Doc          string        `json:"doc"`
	Weights      []modelWeight `json:"weights"`        // of a positional model; else null
	HalfLifeDays *float64      `json:"half_life_days"` // of a time-decay model; else null
}

// A modelWeight is what a position of the journey earns.
type modelWeight struct {
	Position string  `json:"position"` // an anchor, or middle
	Percent  float64 `json:"percent"`
}

func listedModelOf(m credit.Model) listedModel {
	l := listedModel{Name: m.Name, Label: present.Label(m.Name), Doc: m.Doc}
	for _, position := range m.Positions {
		l.Weights = append(l.Weights, modelWeight{position.Name, float64(position.Thousandths) / 10})
	}
	if m.HalfLife > 0 {
		days := m.HalfLife.Hours() / 24
		l.HalfLifeDays = &days
	}
	return l
}

func printJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return writing(encoder.Encode(value))
}
