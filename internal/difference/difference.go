// Package difference explains why figures of two published runs differ, by cause. It applies the
// causes one after the other, so that their parts add up exactly to the difference, for every
// opportunity.
package difference

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/replay"
	"github.com/tributary-engine/tributary/internal/version"
)

// A Step is one cause, what it changed in the input, and whether its effect could be told apart.
type Step struct {
	Cause    Cause
	Moved    []Moved   // tables of the input
	Settings []Setting // of Configuration
	With     Cause     // the later cause with which its effect is shown, if the input between them cannot be credited; its own otherwise
	Why      string    // the reason of that
}

// A Comparison of two runs is an engine that holds the changes: the table changes, one row per
// cause, conversion, channel, campaign and reason, in minor units and millionths of a conversion;
// the table cost_changes, one row per cause, month, channel and campaign, in millionths of the
// currency; and the tables before and after of the same columns without the cause.
type Comparison struct {
	From, To replay.Run
	Model    string
	Currency string
	Steps    []Step

	engine  *engine.Engine
	scratch string
}

// Compare compares two runs under one model. Runs of different reporting currencies are an error of
// usage.
func Compare(ctx context.Context, from, to replay.Run, model string, show *progress.Display) (_ *Comparison, err error) {
	if from.Manifest.ReportingCurrency != to.Manifest.ReportingCurrency {
		return nil, failure.Errorf(failure.Usage, "run %s is in %s and run %s in %s: they cannot be compared", from.ID, from.Manifest.ReportingCurrency, to.ID, to.Manifest.ReportingCurrency)
	}
	c := &Comparison{From: from, To: to, Model: model, Currency: to.Manifest.ReportingCurrency}
	if err = c.open(ctx, from.Directory, to.Directory); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	show.Stage("comparing the tables of the runs")
	if err := c.findSteps(ctx); err != nil {
		return nil, err
	}
	return c, c.apply(ctx, show)
}

// open makes the scratch directory, and opens the engine on it and on the directories of the runs.
func (c *Comparison) open(ctx context.Context, directories ...string) (err error) {
	limits := c.To.Job
	if c.scratch, err = os.MkdirTemp(limits.TempDir, "tributary-diff-"); err != nil {
		return failure.Writing("making a temporary directory: %w", err)
	}
	c.engine, err = engine.Open(ctx, engine.Options{Threads: limits.Threads, MemoryLimit: limits.MemoryLimit, TempDir: c.scratch, Directories: directories})
	if err != nil {
		_ = os.RemoveAll(c.scratch)
	}
	return err
}

// Close ends the engine, and removes its files.
func (c *Comparison) Close() error {
	var err error
	if c.engine != nil {
		err = c.engine.Close()
	}
	return errors.Join(err, os.RemoveAll(c.scratch))
}

// findSteps finds the causes that can have changed anything.
func (c *Comparison) findSteps(ctx context.Context) error {
	moved, err := findMoved(ctx, c.engine, c.From, c.To)
	if err != nil {
		return err
	}
	settings, err := Settings(c.From.Job, c.To.Job)
	if err != nil {
		return err
	}
	for _, cause := range Causes() {
		step := Step{Cause: cause, Moved: moved[cause], With: cause}
		isActive := len(step.Moved) > 0
		switch cause {
		case Version:
			isActive = c.From.Manifest.Program != c.To.Manifest.Program || c.To.Manifest.Program != "tributary "+version.Program
		case Configuration:
			step.Settings = settings
			isActive = len(settings) > 0
		case AsOf:
			isActive = !c.From.AsOf.Equal(c.To.AsOf)
		case NewRows: // with a table of leads, contacts that never were leads are none
			if c.From.Gives("leads") != c.To.Gives("leads") {
				step.Moved, isActive = append(step.Moved, Moved{Table: "leads, a table that only one of the runs was given"}), true
			}
		case Unexplained:
			isActive = true
		}
		if isActive {
			c.Steps = append(c.Steps, step)
		}
	}
	return nil
}

// apply credits the input after each cause, and keeps what changed.
func (c *Comparison) apply(ctx context.Context, show *progress.Display) error {
	if err := c.begin(ctx); err != nil {
		return err
	}
	for i := range c.Steps {
		step := &c.Steps[i]
		if step.Cause == Unexplained {
			return c.end(ctx, step)
		}
		show.Stage("crediting after " + step.Cause.String())
		state := c.stateAt(step.Cause)
		err := c.credit(ctx, state, i)
		switch {
		case err == nil:
			for k := range c.Steps[:i] { // what could not be credited before is shown here
				if c.Steps[k].Why != "" && c.Steps[k].With == c.Steps[k].Cause {
					c.Steps[k].With = step.Cause
				}
			}
			if err := c.advance(ctx, step.Cause, i); err != nil {
				return err
			}
		case ctx.Err() == nil && isOfInput(err) && i+2 < len(c.Steps):
			// Between the two runs lies an input that neither of them had.
			step.Why = err.Error()
		default:
			return fmt.Errorf("crediting run %s after the change of %s: %w", c.From.ID, step.Cause, err)
		}
	}
	return nil
}

func isOfInput(err error) bool {
	code := failure.CodeOf(err)
	return code == failure.Contract || code == failure.Usage
}

// stateAt is the input and the configuration after the causes up to and including this one.
func (c *Comparison) stateAt(cause Cause) replay.State {
	state := c.From.State(c.Model)
	if cause >= Configuration {
		state.Job = c.To.Job
	}
	state.Job.Threads, state.Job.MemoryLimit = c.To.Job.Threads, c.To.Job.MemoryLimit
	if cause >= AsOf {
		state.AsOf = c.To.AsOf
	}
	if cause >= NewRows {
		state.Leads = c.To.Gives("leads")
	}
	state.Tables = tablesAt(cause, c.From, c.To)
	return state
}

// credit writes the figures of a state into the scratch directory.
func (c *Comparison) credit(ctx context.Context, state replay.State, number int) error {
	r, err := replay.Start(ctx, state, c.scratch, nil, c.From.Directory, c.To.Directory)
	if err != nil {
		return err
	}
	figures, costs := c.files(number)
	return errors.Join(r.Write(ctx, c.Model, figures, costs), r.Close())
}

func (c *Comparison) files(number int) (figures, costs string) {
	return filepath.Join(c.scratch, fmt.Sprintf("figures_%d.parquet", number)), filepath.Join(c.scratch, fmt.Sprintf("costs_%d.parquet", number))
}
