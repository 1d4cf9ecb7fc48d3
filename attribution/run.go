// Package attribution stitches people to opportunities, lays out the journey of every conversion, and credits it under
// every model at once. SQL makes the journeys (sql/*.sql, each opening with the grain of what it makes); one Go loop over
// them makes the credit (credit.go); sql/check/*.sql are asked in every run, and a row in any answer fails it.
package attribution

import (
	"context"
	"fmt"
	"time"

	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/findings"
	"tributary/internal/progress"
)

// Options are what attribution needs to know of a job.
type Options struct {
	AsOf     time.Time
	Zone     *time.Location // reporting zone
	Currency string         // reporting currency; the engine's table "currencies" has it
	From, To string         // reporting period, days of the zone, both included; empty: unbounded
	Credits  bool           // keep every credit row, in the engine's table "credit_rows"

	People        config.People
	BuyingGroup   string
	Journey       config.Journey
	Opportunities config.Opportunities
	SalesChannels []string
	Funnel        []config.Stage
	LeadsGiven    bool // a table of leads was given: contacts became leads only where it, or stage_history, says so
}

// A Result is what a run found, beside the engine's tables: conversions, journeys, touches, cube, cost_days, people.
type Result struct {
	Checks   []Check // none of a survey
	Paths    string  // how many conversions came to a journey by which path, or to which reason
	Findings []findings.Finding
}

// Run makes, from the contract tables, everything that reports read. Where control totals do not tie, the findings that say so come with
// the error.
func Run(ctx context.Context, eng *engine.Engine, models []Model, o Options, show *progress.Display) (Result, error) {
	unknownTypes, err := findConversions(ctx, eng, models, o, show)
	if err != nil {
		return Result{}, err
	}
	compared, err := compareControlTotals(ctx, eng, o, show)
	if err == nil {
		err = compared.refused()
	}
	if err != nil {
		return Result{Findings: compared.findings}, err
	}
	if err := layJourneys(ctx, eng, show); err != nil {
		return Result{}, err
	}
	// Credit, all models in one pass.
	if err := creditAll(ctx, eng, models, o, show); err != nil {
		return Result{}, err
	}
	show.Stage("checking credit")
	checks, err := check(ctx, eng)
	if err != nil {
		return Result{}, err
	}
	result, err := describe(ctx, eng, o, unknownTypes, show)
	result.Checks = checks
	result.Findings = append(result.Findings, compared.findings...)
	return result, err
}

// findConversions makes, from the contract tables, people, conversions and costs. It returns the opportunity types that are not known.
func findConversions(ctx context.Context, eng *engine.Engine, models []Model, o Options, show *progress.Display) (unknownTypes []string, err error) {
	show.Stage("preparing") // what the job and the data mean, as small tables
	if err := define(ctx, eng, models, o); err != nil {
		return nil, err
	}
	if unknownTypes, err = defineWords(ctx, eng, o); err != nil {
		return nil, err
	}
	show.Stage("stitching people and their touches")
	if err := stitch(ctx, eng, o); err != nil {
		return nil, err
	}
	if err := stages(ctx, eng, "channels", "campaign_keys", "touch_base"); err != nil {
		return nil, err
	}
	if err := markRepeats(ctx, eng, o.Journey); err != nil {
		return nil, err
	}
	show.Stage("finding conversions and costs")
	if err := stages(ctx, eng, "touch_facts", "stage_moves", "opportunity_facts", "person_entries", "opportunity_entries"); err != nil {
		return nil, err
	}
	if err := findAnchorDays(ctx, eng, o.Zone); err != nil {
		return nil, err
	}
	if err := stages(ctx, eng, "rate_periods", "conversions", "cost_runs", "cost_days"); err != nil {
		return nil, err
	}
	if err := refuseUnanchored(ctx, eng); err != nil {
		return nil, err
	}
	if err := followReversals(ctx, eng); err != nil {
		return nil, err
	}
	return unknownTypes, nil
}

// layJourneys makes the journey of every conversion.
func layJourneys(ctx context.Context, eng *engine.Engine, show *progress.Display) error {
	show.Stage("laying journeys") // and there SQL ends
	return stages(ctx, eng, "buying_groups", "conversion_people", "own_touches", "journey_sources", "touches", "journeys")
}

// describe says what the journeys are like, and what is odd in the data that they were made of.
func describe(ctx context.Context, eng *engine.Engine, o Options, unknownTypes []string, show *progress.Display) (Result, error) {
	show.Stage("looking for oddities")
	found, err := lookForOddities(ctx, eng, o, unknownTypes)
	if err != nil {
		return Result{}, err
	}
	paths, err := countPaths(ctx, eng)
	return Result{Paths: paths, Findings: found}, err
}

// creditAll fills the cube, and credit_rows if they are wanted.
func creditAll(ctx context.Context, eng *engine.Engine, models []Model, o Options, show *progress.Display) error {
	c := creditor{models: models, graceUS: grace(o.Journey).Microseconds(), calendar: calendar{zone: o.Zone}, cube: cube{}}
	conversions, err := readConversions(ctx, eng, &c.calendar)
	if err != nil {
		return err
	}
	c.counter = show.Count("crediting", progress.Touches, touchesOf(conversions))
	if o.Credits {
		err = c.runKeepingRows(ctx, eng, conversions)
	} else {
		err = c.run(ctx, eng, conversions)
	}
	if err != nil {
		return fmt.Errorf("computing credit: %w", err)
	}
	return c.cube.store(ctx, eng, models)
}

func touchesOf(conversions []conversion) (total int64) {
	for _, c := range conversions {
		total += c.touches
	}
	return total
}

func grace(j config.Journey) time.Duration {
	return time.Duration(j.LeadCreationGraceMinutes) * time.Minute
}
