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
	"tributary/internal/runs"
	"tributary/models"
)

// An explanation is the conversions of one opportunity, or of one person, as a run credited them.
type explanation struct {
	OpportunityID string       `json:"opportunity_id,omitempty"`
	PersonID      string       `json:"person_id,omitempty"`
	Run           string       `json:"run"`
	Conversions   []conversion `json:"conversions"`

	hides string // the person whom the argument names too; empty: none
}

// A conversion of the explanation: every touch that was considered, and what each model made of those that count.
type conversion struct {
	Type            string       `json:"conversion_type"`
	OpportunityType string       `json:"opportunity_type"`
	CreatedAt       *time.Time   `json:"created_at,omitempty"` // of the opportunity
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

	until time.Time // ConvertedAt; the end of its day, where it has no time
}

// A considered touch of the buying group, or of the person. Number is its place in the journey, from 1; 0 if it does not count.
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

	touch    attribution.Touch
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
		Use:   "explain CONVERSION",
		Short: "One opportunity or person: every touch considered, why it counts or not, anchors, weights and credit by model",
		Long: `Explains how a published run credited an opportunity: its pipeline and, if it was won, its revenue; or a person: how it became a
lead, an MQL and so on. CONVERSION is an opportunity id, or contact:ID, lead:ID, anonymous:ID or email:ADDRESS, as person_id of the
outputs has it. Where an opportunity has such an id, it is the opportunity: name the person by another of its ids. The weights are
computed anew and held against the credit that was published.`,
		Example: "  tributary explain 0062100000CGiJFAA1 --out results\n  tributary explain lead:00Q21000001 --out results",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			say, err := newLog(c)
			if err != nil {
				return err
			}
			directory, err := runDirectory(out, []string{id})
			if err != nil {
				return err
			}
			e, err := explain(c.Context(), directory, given[0])
			if err != nil {
				return err
			}
			if e.hides != "" {
				say.warn("%s names an opportunity and a person, %s: this is the opportunity", given[0], e.hides)
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

// A converted unit is an opportunity or a person; the id is empty of what the run does not know.
type converted struct {
	id       string
	isPerson bool
	hides    string // of an opportunity: the person who is named like it
}

func explain(ctx context.Context, directory, given string) (explanation, error) {
	e := explanation{Run: filepath.Base(directory)}
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
	unit, err := find(ctx, eng, given)
	if err != nil {
		return e, err
	}
	if unit.id == "" {
		return e, failure.Errorf(failure.Usage, "run %s has no opportunity %q, nor a person of that id (ids are compared as bytes; write persons as contact:ID or lead:ID)", e.Run, given)
	}
	if e.OpportunityID, e.hides = unit.id, unit.hides; unit.isPerson {
		e.OpportunityID, e.PersonID = "", unit.id
	}
	if e.Conversions, err = readConversions(ctx, eng, unit); err != nil {
		return e, err
	}
	if len(e.Conversions) == 0 {
		return e, failure.Errorf(failure.Usage, "run %s knows the person %q, but has no conversion of it: it became no lead and entered no stage of the funnel (its touches are in tables/touch_facts.parquet)", e.Run, unit.id)
	}
	for i := range e.Conversions {
		if err := e.Conversions[i].explain(ctx, eng, unit, job, list); err != nil {
			return e, err
		}
	}
	return e, nil
}

// find says what an argument names: an opportunity, else the person of a lead, a contact or an anonymous id, or of a person_id.
func find(ctx context.Context, eng *engine.Engine, given string) (converted, error) {
	var opportunities int64
	if err := eng.Row(ctx, `SELECT COUNT(*) FROM conversions WHERE opportunity_id = ?`, []any{given}, &opportunities); err != nil {
		return converted{}, err
	}
	persons, err := eng.Texts(ctx, `
		SELECT person_id FROM person_ids WHERE kind || ':' || id = $1
		UNION
		SELECT person_id FROM people WHERE person_id = $1`, given)
	person := ""
	if len(persons) > 0 {
		person = persons[0]
	}
	if opportunities > 0 {
		return converted{id: given, hides: person}, err
	}
	return converted{id: person, isPerson: person != ""}, err
}

// publishedJob is the configuration with which a run was made.
func publishedJob(directory string) (config.Job, error) {
	path := filepath.Join(directory, "config.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		return config.Job{}, failure.Errorf(failure.IO, "reading the configuration of the run: %w", err)
	}
	job, err := config.Parse(path, text)
	if m, readErr := runs.ReadManifest(directory); err != nil && readErr == nil && m.Program != "tributary "+program {
		return job, failure.Errorf(failure.Usage, "run %s was made by %s, and this is %s: explain it with that version, or run again (its configuration: %w)", filepath.Base(directory), m.Program, program, err)
	}
	return job, err
}

// publishedViews names the Parquet files of a run.
func publishedViews(ctx context.Context, eng *engine.Engine, directory string) error {
	for name, file := range map[string]string{
		"credits": "credits.parquet", "conversions": "tables/conversions.parquet", "people": "tables/people.parquet",
		"buying_groups": "tables/buying_groups.parquet", "touch_facts": "tables/touch_facts.parquet", "person_ids": "tables/person_ids.parquet",
	} {
		columns := "*"
		if name == "credits" || name == "conversions" {
			columns += ", COALESCE(opportunity_id, person_id) AS unit_id, opportunity_id IS NULL AS is_person"
		}
		path := engine.Text(filepath.Join(directory, file))
		if err := eng.Exec(ctx, "CREATE VIEW "+name+" AS SELECT "+columns+" FROM read_parquet("+path+")"); err != nil {
			return failure.Errorf(failure.IO, "reading %s: %w", file, err)
		}
	}
	return nil
}

// explain fills in what was considered and what the models made of it.
func (c *conversion) explain(ctx context.Context, eng *engine.Engine, unit converted, job config.Job, list []attribution.Model) error {
	source := *c
	if c.JourneyOf != "" {
		found, err := readConversions(ctx, eng, converted{id: c.JourneyOf})
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Type == c.Type {
				source = f
			}
		}
	}
	of := unit.id
	if c.JourneyOf != "" {
		of = c.JourneyOf
	}
	journey, err := c.consider(ctx, eng, unit, of, source)
	if err != nil || len(journey) == 0 {
		return err
	}
	return c.model(ctx, eng, unit, journey, source, job, list)
}
