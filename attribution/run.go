// Package attribution stitches people to opportunities, builds the journey of every conversion,
// and credits it under every model at once. SQL makes people and conversions (sql/*.sql, each with the
// grain of its relation at the top). One pass in Go builds the journeys and credits them (journeys.go,
// credit.go). The queries of sql/check/ are run in every run, and a row in any result fails it.
package attribution

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Options are the settings of a job that attribution needs.
type Options struct {
	AsOf     time.Time
	Zone     *time.Location // reporting zone
	Currency string         // reporting currency; the engine's table "currencies" has it
	From, To string         // reporting period, days of the zone, both included; empty: unbounded
	Threads  int            // 0: one per core
	Primary  string         // the model that heads every report
	Credits  bool           // keep every credit row, in the engine's view "credit_rows"

	People        config.People
	BuyingGroup   string
	Journey       config.Journey
	CustomModels  []config.CustomModel // of the run: whether what they name is in the data
	Opportunities config.Opportunities
	SalesChannels []string
	Channels      *config.Channels // nil: channels are as they are written
	Funnel        []config.Stage
	Reporting     config.Reporting
	Agreed        config.Alignment
	Costs         config.CostRules
	Economics     config.Economics
	LeadsGiven    bool // a table of leads was given: contacts became leads only where it, or stage_history, says so

	CampaignFields string // a pattern with named groups, each a field of campaign names; empty: none
}

// A Result has the results of a run that are not in the engine's tables.
type Result struct {
	Checks   []Check // none of a survey
	Paths    string  // how many conversions came to a journey by which path, or to which reason
	Findings []findings.Finding
}

// Run makes everything that reports read from the contract tables (relations.go lists it). If control
// totals do not match the input, it returns an error together with the findings about them.
func Run(ctx context.Context, eng *engine.Engine, models []credit.Model, o Options, show *progress.Display) (Result, error) {
	w := &work{engine: eng, options: o, models: models, show: show}
	if err := w.take(ctx, slices.Concat(defining, stitching, findingConversions)); err != nil {
		return Result{}, err
	}
	compared, err := compareControlTotals(ctx, eng, o, show)
	if err == nil {
		err = compared.refused()
	}
	if err != nil {
		return Result{Findings: compared.findings}, err
	}
	if err := w.take(ctx, slices.Concat(crediting, comparing)); err != nil {
		return Result{}, err
	}
	show.Stage("checking credit")
	checks, err := check(ctx, eng)
	if err != nil {
		return Result{}, err
	}
	checks = append(checks, everyTouchIsKept, touchesAreEligible, touchesAreUnique) // the pass over journeys has asked them
	slices.SortFunc(checks, func(a, b Check) int { return strings.Compare(a.Name, b.Name) })
	w.pass = nil // touchpoints are many, and were read for journeys
	err = w.take(ctx, slices.Concat(describing, following))
	w.result.Checks, w.result.Findings = checks, append(w.result.Findings, compared.findings...)
	return w.result, err
}

// readTouches reads the touchpoints, and marks those that the rules bot_burst and dedupe_window
// exclude.
func (w *work) readTouches(ctx context.Context) (err error) {
	w.pass = &pass{options: w.options, models: w.models}
	if w.pass.touches, err = readTouches(ctx, w.engine, w.options.threads()); err != nil {
		return err
	}
	return w.pass.touches.markRepeats(ctx, w.engine, w.options.Journey)
}

// credit builds the journey of every conversion and, with models, credits it.
func (w *work) credit(ctx context.Context) (err error) {
	p := w.pass
	if p.groups, err = readGroups(ctx, w.engine, p.touches, buyingGroups[w.options.BuyingGroup]); err != nil {
		return err
	}
	if p.conversions, err = readConversions(ctx, w.engine, w.options.Reporting.FirstWeekday()); err != nil {
		return err
	}
	if p.scopes, err = readScopes(ctx, w.engine, p.touches, p.models); err != nil {
		return err
	}
	if p.customers, err = readCustomers(ctx, w.engine); err != nil {
		return err
	}
	p.counter = w.show.Count("crediting", progress.Conversions, int64(len(p.conversions)))
	if err := w.engine.Row(ctx, `SELECT EXISTS (SELECT 1 FROM crm_claims)`, nil, &p.isClaimed); err != nil {
		return err
	}
	empty, err := readGrid(ctx, w.engine, p.touches)
	if err != nil {
		return err
	}
	named, err := readLabels(ctx, w.engine, len(p.touches.persons), len(p.conversions))
	if err != nil {
		return err
	}
	if err := p.makeWorkers(w.options.threads(), empty, named); err != nil {
		return err
	}
	if err := p.run(ctx, w.engine); err != nil {
		return fmt.Errorf("building and crediting journeys: %w", err)
	}
	if err := p.storeCloses(ctx, w.engine); err != nil {
		return fmt.Errorf("building journeys to the close: %w", err)
	}
	return p.store(ctx, w.engine)
}

func (o Options) alignment() alignment.Options {
	return alignment.Options{AsOf: o.AsOf, Zone: o.Zone, From: o.From, To: o.To, Reporting: o.Reporting, Agreed: o.Agreed, Funnel: o.Funnel}
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
