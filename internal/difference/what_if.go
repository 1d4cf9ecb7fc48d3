package difference

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/replay"
	"github.com/tributary-engine/tributary/internal/version"
)

// stitches are the parts of the configuration on which people and accounts depend: under another
// value, they are stitched again.
var stitches = []string{"people.", "funnel.", "reporting.time_zone"}

// WhatIf compares a run with what the same input comes to under another configuration. The tables
// of the run are read once, and people and accounts are stitched once, unless the configuration
// changes how. What the run published is computed again first: if it differs, the run was made by
// another version, and the difference is shown as such.
func WhatIf(ctx context.Context, run replay.Run, other config.Job, model string, show *progress.Display) (_ *Comparison, err error) {
	c := &Comparison{From: run, To: run, Model: model, Currency: run.Manifest.ReportingCurrency}
	c.To.Job = other
	settings, err := Settings(run.Job, other)
	if err != nil {
		return nil, err
	}
	if other.AsOf != nil {
		c.To.AsOf = *other.AsOf
	}
	if c.To.AsOf.After(run.AsOf) {
		return nil, failure.Errorf(failure.Usage, "as_of: %s is after that of run %s, %s, which left out what happened later\nhint: run again with --as-of", c.To.AsOf.Format(time.RFC3339), run.ID, run.AsOf.Format(time.RFC3339))
	}
	if len(settings) == 0 && c.To.AsOf.Equal(run.AsOf) {
		return nil, failure.Errorf(failure.Usage, "no setting that decides credit or cost differs from that of run %s: there is nothing to compare\nhint: give another value, such as --set journey.lookback_days=180", run.ID)
	}
	c.To.Job.Threads, c.To.Job.MemoryLimit, c.To.Job.TempDir = run.Job.Threads, run.Job.MemoryLimit, run.Job.TempDir
	if err = c.open(ctx, run.Directory); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	if err := c.creditBoth(ctx, settings, show); err != nil {
		return nil, err
	}
	if run.Manifest.Program != "tributary "+version.Program {
		c.Steps = append(c.Steps, Step{Cause: Version, With: Version})
	}
	if len(settings) > 0 {
		c.Steps = append(c.Steps, Step{Cause: Configuration, Settings: settings, With: Configuration})
	}
	if !c.To.AsOf.Equal(run.AsOf) {
		with := AsOf
		if len(settings) > 0 { // both are credited at once
			with = Configuration
		}
		c.Steps = append(c.Steps, Step{Cause: AsOf, With: with})
	}
	if err := c.advance(ctx, Version, 0); err != nil {
		return nil, err
	}
	if err := c.advance(ctx, c.Steps[len(c.Steps)-1].With, 1); err != nil {
		return nil, err
	}
	for _, statement := range []string{"CREATE TABLE after AS SELECT * FROM reached", "CREATE TABLE cost_after AS SELECT * FROM cost_reached"} {
		if err := c.engine.Exec(ctx, statement); err != nil {
			return nil, err
		}
	}
	return c, c.check(ctx)
}

// creditBoth credits the run's own configuration, and then the other one.
func (c *Comparison) creditBoth(ctx context.Context, settings []Setting, show *progress.Display) (err error) {
	base := c.From.State(c.Model)
	other := base
	other.Job, other.AsOf = c.To.Job, c.To.AsOf
	r, err := replay.Start(ctx, base, c.scratch, show, c.From.Directory)
	if err != nil {
		return err
	}
	figures, costs := c.files(0)
	if err := r.Write(ctx, c.Model, figures, costs); err != nil {
		return errors.Join(err, r.Close())
	}
	figures, costs = c.files(1)
	// With rules of channels, touchpoints are grouped by more columns.
	groupsAlike := (base.Job.Channels == nil) == (other.Job.Channels == nil)
	if groupsAlike && !stitchesAgain(settings) && other.AsOf.Equal(base.AsOf) {
		if err := r.Again(ctx, other); err != nil {
			return errors.Join(err, r.Close())
		}
		return errors.Join(r.Write(ctx, c.Model, figures, costs), r.Close())
	}
	if err := r.Close(); err != nil { // two engines of this size are one too many
		return err
	}
	show.Stage("stitching again under the other configuration")
	second, err := replay.Start(ctx, other, c.scratch, show, c.From.Directory)
	if err != nil {
		return err
	}
	return errors.Join(second.Write(ctx, c.Model, figures, costs), second.Close())
}

func stitchesAgain(settings []Setting) bool {
	return slices.ContainsFunc(settings, func(s Setting) bool {
		return slices.ContainsFunc(stitches, func(prefix string) bool { return strings.HasPrefix(s.Key, prefix) })
	})
}
