// Package explain recomputes, from the files of a published run, how one opportunity or person was
// credited: which touchpoints were considered, why each counts or does not, and the credit of every
// model.
package explain

import (
	"context"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/models"
)

// An Explanation is the conversions of one opportunity, or of one person, as a run credited them.
type Explanation struct {
	OpportunityID string       `json:"opportunity_id,omitempty"`
	PersonID      string       `json:"person_id,omitempty"`
	Run           string       `json:"run"`
	Conversions   []Conversion `json:"conversions"`

	AlsoPerson string `json:"-"` // the person whom the argument names too; empty: none
}

// A Conversion of the explanation: every touch that was considered, and what each model made of
// those that count.
type Conversion struct {
	Type            string        `json:"conversion_type"`
	OpportunityType string        `json:"opportunity_type"`
	CreatedAt       *time.Time    `json:"created_at,omitempty"` // of the opportunity
	ConvertedAt     time.Time     `json:"converted_at"`
	LookbackFrom    time.Time     `json:"lookback_from"`
	LastWinAt       *time.Time    `json:"last_win_at,omitempty"` // touchpoints up to this win of the account do not count; nil: no win decides
	IsCounted       bool          `json:"is_counted"`
	ValueMinor      *int64        `json:"value_minor"`
	Currency        string        `json:"currency"`
	Path            string        `json:"path,omitempty"`
	Reason          string        `json:"unattributed_reason,omitempty"`
	IsReversal      bool          `json:"is_reversal"`          // it counts no unit
	JourneyOf       string        `json:"journey_of,omitempty"` // a reversal: the opportunity whose journey it uses
	Considered      []Considered  `json:"considered"`
	Models          []ModelCredit `json:"models"`

	until time.Time // ConvertedAt; the end of its day, where it has no time
}

// A Considered touch of the buying group, or of the person. Number is its place in the journey,
// from 1; 0 if it does not count.
type Considered struct {
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

	touch    credit.Touch
	facts    credit.Facts
	excluded string
	status   string
}

// ModelCredit is what one model made of the journey.
type ModelCredit struct {
	Model      string   `json:"model"`
	Doc        string   `json:"doc"`
	Weights    []uint64 `json:"weights,omitempty"`
	Minor      []int64  `json:"credit_minor,omitempty"`
	Millionths []int64  `json:"credit_millionths,omitempty"`
	NoAnchor   bool     `json:"no_anchor,omitempty"`
	IsScoped   bool     `json:"is_scoped,omitempty"`         // the model sees only some touchpoints
	Unseen     []int    `json:"unseen,omitempty"`            // numbers of the touchpoints of the journey that it does not see
	OutOfScope bool     `json:"no_touch_in_scope,omitempty"` // it sees none of them
}

// A converted unit is an opportunity or a person; the id is empty of what the run does not know.
type converted struct {
	id       string
	isPerson bool
	also     string // of an opportunity: the person whom the argument names too
}

// Of explains the opportunity or person that an argument names, from the files of a published run.
// An argument that the run does not know is an error of usage; published credit that differs from
// what the models compute now is a failed check.
func Of(ctx context.Context, directory, given string) (Explanation, error) {
	run, err := published.ReadFacts(directory)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Run: run.ID}
	for _, needed := range []string{published.Credits, published.TableFile("conversions")} {
		if !published.Has(directory, needed) {
			return e, failure.Errorf(failure.Usage, "explain needs %s, and run %s has none\nhint: run with --credits all --tables all", needed, e.Run)
		}
	}
	list, err := models.Select(run.Job.Models, run.Job.CustomModels)
	if err != nil {
		return e, err
	}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return e, err
	}
	defer eng.Close()
	if err := publishedViews(ctx, eng, directory); err != nil {
		return e, err
	}
	unit, err := find(ctx, eng, given)
	if err != nil {
		return e, err
	}
	if unit.id == "" {
		return e, unknown(ctx, eng, e.Run, given)
	}
	if e.OpportunityID, e.AlsoPerson = unit.id, unit.also; unit.isPerson {
		e.OpportunityID, e.PersonID = "", unit.id
	}
	if e.Conversions, err = readConversions(ctx, eng, unit); err != nil {
		return e, err
	}
	if len(e.Conversions) == 0 {
		return e, failure.Errorf(failure.Usage, "run %s knows the person %q, but has no conversion of it: it became no lead and entered no stage of the funnel\nhint: its touchpoints are in tables/touch_facts.parquet", e.Run, unit.id)
	}
	for i := range e.Conversions {
		if err := e.Conversions[i].explain(ctx, eng, unit, run.Job, list); err != nil {
			return e, err
		}
	}
	return e, nil
}

// find says what an argument names: an opportunity, else the person of a lead, a contact or an
// anonymous id, or of a person_id.
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
		return converted{id: given, also: person}, err
	}
	return converted{id: person, isPerson: person != ""}, err
}

// publishedViews names the Parquet files of a run.
func publishedViews(ctx context.Context, eng *engine.Engine, directory string) error {
	for _, name := range []string{"credits", "conversions", "people", "buying_groups", "touch_facts", "person_ids"} {
		file, columns := published.TableFile(name), "*"
		if name == "credits" {
			file = published.Credits
		}
		if name == "credits" || name == "conversions" {
			columns += ", COALESCE(opportunity_id, person_id) AS unit_id, opportunity_id IS NULL AS is_person"
		}
		rows := published.Rows(directory, file)
		if name == "conversions" { // a run of an older version has no last_win_at
			rows = "(SELECT CAST(NULL AS TIMESTAMP) AS last_win_at WHERE FALSE UNION ALL BY NAME SELECT * FROM " + rows + ")"
		}
		if err := eng.Exec(ctx, "CREATE VIEW "+name+" AS SELECT "+columns+" FROM "+rows); err != nil {
			return published.Unreadable(ctx, file, err)
		}
	}
	return nil
}

// explain fills in what was considered and what the models made of it.
func (c *Conversion) explain(ctx context.Context, eng *engine.Engine, unit converted, settings config.Job, list []credit.Model) error {
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
	return c.model(ctx, eng, unit, journey, source, settings, list)
}
