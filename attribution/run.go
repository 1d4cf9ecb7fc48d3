// Package attribution stitches people to opportunities, lays out the journey of every conversion, and credits it under
// every model at once. SQL makes the journeys (sql/*.sql, each opening with the grain of what it makes); one Go loop over
// them makes the credit (credit.go); sql/check/*.sql are asked in every run, and a row in any answer fails it.
package attribution

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"tributary/attribution/credit"
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
	Threads  int            // 0: one per core
	Credits  bool           // keep every credit row, in the engine's view "credit_rows"

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
func Run(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display) (Result, error) {
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
	if err := creditAll(ctx, eng, models, o, show); err != nil {
		return Result{}, err
	}
	show.Stage("checking credit")
	checks, err := check(ctx, eng)
	if err != nil {
		return Result{}, err
	}
	checks = append(checks, everyTouchIsKept, touchesAreEligible, touchesAreUnique) // the pass over journeys has asked them
	slices.SortFunc(checks, func(a, b Check) int { return strings.Compare(a.Name, b.Name) })
	result, err := describe(ctx, eng, o, unknownTypes, show)
	result.Checks = checks
	result.Findings = append(result.Findings, compared.findings...)
	return result, err
}

// findConversions makes, from the contract tables, people, conversions and costs. It returns the opportunity types that are not known.
func findConversions(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display) (unknownTypes []string, err error) {
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
	if err := stages(ctx, eng, "channels", "campaign_keys", "touch_persons", "touch_kind_facts"); err != nil {
		return nil, err
	}
	show.Stage("finding conversions and costs")
	if err := stages(ctx, eng, "stage_moves", "opportunity_facts", "person_entries", "opportunity_entries"); err != nil {
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

// creditAll lays the journey of every conversion and credits it, in one pass: the tables journeys and journey_channels, the view
// touch_facts and, with models, the cube, and credit_rows if they are wanted. SQL hands over people, conversions and touches, and ends here.
func creditAll(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display) error {
	show.Stage("reading touches")
	p := &pass{options: o, models: models}
	var err error
	if p.touches, err = readTouches(ctx, eng, o.threads()); err != nil {
		return err
	}
	if err := p.touches.markRepeats(ctx, eng, o.Journey); err != nil {
		return err
	}
	if err := p.touches.storeCounts(ctx, eng); err != nil {
		return fmt.Errorf("counting touches: %w", err)
	}
	if err := stages(ctx, eng, "buying_groups", "touch_facts"); err != nil {
		return err
	}
	if p.groups, err = readGroups(ctx, eng, p.touches, buyingGroups[o.BuyingGroup]); err != nil {
		return err
	}
	if p.conversions, err = readConversions(ctx, eng); err != nil {
		return err
	}
	p.counter = show.Count("crediting", progress.Conversions, int64(len(p.conversions)))
	if err := p.employ(o.threads()); err != nil {
		return err
	}
	if err := p.run(ctx, eng); err != nil {
		return fmt.Errorf("laying and crediting journeys: %w", err)
	}
	return p.store(ctx, eng)
}

// threads is how many cores the pass uses.
func (o Options) threads() int {
	if o.Threads > 0 {
		return o.Threads
	}
	return runtime.GOMAXPROCS(0)
}

func grace(j config.Journey) time.Duration {
	return time.Duration(j.LeadCreationGraceMinutes) * time.Minute
}
