package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"tributary/attribution"
	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/models"
)

// An explanation is one opportunity's conversions as a run credited them.
type explanation struct {
	OpportunityID string       `json:"opportunity_id"`
	Run           string       `json:"run"`
	Conversions   []conversion `json:"conversions"`
}

// A conversion of the explanation: every touch that was considered, and what each model made of those that count.
type conversion struct {
	Type            string       `json:"conversion_type"`
	OpportunityType string       `json:"opportunity_type"`
	CreatedAt       time.Time    `json:"created_at"`
	ConvertedAt     time.Time    `json:"converted_at"`
	LookbackFrom    time.Time    `json:"lookback_from"`
	IsCounted       bool         `json:"is_counted"`
	ValueMinor      *int64       `json:"value_minor"`
	Currency        string       `json:"currency"`
	Path            string       `json:"path,omitempty"`
	Reason          string       `json:"unattributed_reason,omitempty"`
	IsReversal      bool         `json:"is_reversal"`          // it counts no unit
	JourneyOf       string       `json:"journey_of,omitempty"` // a reversal: the opportunity whose journey it uses
	Considered      []considered `json:"considered"`
	Models          []modelled   `json:"models"`
}

// A considered touch of the buying group. Number is its place in the journey, from 1; 0 if it does not count.
type considered struct {
	Number      int       `json:"number"`
	TouchID     string    `json:"touch_id"`
	OccurredAt  time.Time `json:"occurred_at"`
	Channel     string    `json:"channel"`
	CampaignID  string    `json:"campaign_id"`
	PersonID    string    `json:"person_id"`
	NamedBy     string    `json:"named_by"`
	MatchMethod string    `json:"match_method"`
	Why         string    `json:"why"`
	Anchors     []string  `json:"anchors,omitempty"`

	leadUS   int64
	isDirect bool
	excluded string
	status   string
}

// modelled is what one model made of the journey.
type modelled struct {
	Model      string   `json:"model"`
	Doc        string   `json:"doc"`
	Weights    []uint64 `json:"weights,omitempty"`
	Minor      []int64  `json:"credit_minor,omitempty"`
	Millionths []int64  `json:"credit_millionths,omitempty"`
	NoAnchor   bool     `json:"no_anchor,omitempty"`
}

func explainCommand() *cobra.Command {
	var out, id string
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain OPPORTUNITY",
		Short: "One opportunity: every touch considered, why it counts or not, anchors, weights and credit by model",
		Long: `Explains how a published run credited an opportunity: its pipeline and, if it was won, its revenue. The weights are computed
anew and held against the credit that was published.`,
		Example: "  tributary explain 0062100000CGiJFAA1 --out results",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			directory, err := runDirectory(out, []string{id})
			if err != nil {
				return err
			}
			e, err := explain(c.Context(), directory, given[0])
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), e)
			}
			return e.print(c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().StringVar(&id, "run", "", "`RUN` to explain; by default the current one")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

func explain(ctx context.Context, directory, opportunity string) (explanation, error) {
	e := explanation{OpportunityID: opportunity, Run: filepath.Base(directory)}
	for _, needed := range []string{"credits.parquet", "tables/conversions.parquet"} {
		if _, err := os.Stat(filepath.Join(directory, needed)); err != nil {
			return e, failure.Errorf(failure.Usage, "explain needs %s, and run %s has none (run with --credits all --tables all)", needed, e.Run)
		}
	}
	job, err := publishedJob(directory)
	if err != nil {
		return e, err
	}
	list, err := models.Select(job.Models, job.CustomModels)
	if err != nil {
		return e, err
	}
	eng, closeEngine, err := readingEngine(ctx, directory)
	if err != nil {
		return e, err
	}
	defer closeEngine()
	if err := publishedViews(ctx, eng, directory); err != nil {
		return e, err
	}
	if e.Conversions, err = readConversions(ctx, eng, opportunity); err != nil {
		return e, err
	}
	if len(e.Conversions) == 0 {
		return e, failure.Errorf(failure.Usage, "run %s has no opportunity %q (ids are compared as bytes)", e.Run, opportunity)
	}
	for i := range e.Conversions {
		if err := e.Conversions[i].explain(ctx, eng, opportunity, job, list); err != nil {
			return e, err
		}
	}
	return e, nil
}

// publishedJob is the configuration with which a run was made.
func publishedJob(directory string) (config.Job, error) {
	path := filepath.Join(directory, "config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return config.Job{}, failure.Errorf(failure.IO, "reading the configuration of the run: %w", err)
	}
	return config.Parse(path, text, contractTables())
}

// publishedViews names the Parquet files of a run.
func publishedViews(ctx context.Context, eng *engine.Engine, directory string) error {
	for name, file := range map[string]string{
		"credits": "credits.parquet", "conversions": "tables/conversions.parquet", "people": "tables/people.parquet",
		"buying_groups": "tables/buying_groups.parquet", "touch_facts": "tables/touch_facts.parquet",
	} {
		path := engine.Text(filepath.Join(directory, file))
		if err := eng.Exec(ctx, "CREATE VIEW "+name+" AS SELECT * FROM read_parquet("+path+")"); err != nil {
			return failure.Errorf(failure.IO, "reading %s: %w", file, err)
		}
	}
	return nil
}

// explain fills in what was considered and what the models made of it.
func (c *conversion) explain(ctx context.Context, eng *engine.Engine, opportunity string, job config.Job, list []attribution.Model) error {
	source := *c
	if c.JourneyOf != "" {
		found, err := readConversions(ctx, eng, c.JourneyOf)
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Type == c.Type {
				source = f
			}
		}
	}
	of := opportunity
	if c.JourneyOf != "" {
		of = c.JourneyOf
	}
	journey, err := c.consider(ctx, eng, opportunity, of, source)
	if err != nil || len(journey) == 0 {
		return err
	}
	return c.model(ctx, eng, opportunity, journey, source, job, list)
}
