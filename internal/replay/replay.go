// Package replay credits the input of published runs again, from their tables instead of from
// files: under another configuration, or with some of the rows as another run has them.
package replay

import (
	"context"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/models"
)

// A Run is a published run that can be credited again.
type Run struct {
	published.Facts
}

// Open reads what a run says of itself, and verifies its files. A run without credits or tables is an
// error of usage, one that was changed after it was published a failed check.
func Open(directory string) (Run, error) {
	facts, err := published.ReadFacts(directory)
	if err != nil {
		return Run{}, err
	}
	r := Run{facts}
	if err := r.check(); err != nil {
		return r, err
	}
	problems, err := runs.Verify(r.Directory)
	if err != nil {
		return r, err
	}
	if len(problems) > 0 { // what the engine says of a damaged file names no run
		return r, failure.Errorf(failure.Check, "run %s is not as it was published: %s\nhint: see `tributary verify %s`, and compare with another run", r.ID, problems[0], r.ID)
	}
	return r, nil
}

// OpenStaged is Open for a run that is not published yet: its manifest is the caller's.
func OpenStaged(directory, id string, manifest runs.Manifest) (Run, error) {
	facts, err := published.FactsOf(directory, id, manifest)
	if err != nil {
		return Run{}, err
	}
	r := Run{facts}
	return r, r.check()
}

// check refuses a run without the files that its credit is computed from.
func (r Run) check() error {
	for _, needed := range []string{published.Credits, published.TableFile("conversions"), published.TableFile("touchpoints")} {
		if !published.Has(r.Directory, needed) {
			if len(r.Manifest.Refused) > 0 {
				return failure.Errorf(failure.Usage, "run %s was refused before anything was credited (%s)\nhint: its findings say what changed", r.ID, strings.Join(r.Manifest.Refused, ", "))
			}
			return failure.Errorf(failure.Usage, "run %s has no %s, which its credit is computed from\nhint: run with --credits all --tables all, which is the default", r.ID, needed)
		}
	}
	return nil
}

// Gives tells whether the run was given a contract table.
func (r Run) Gives(table string) bool {
	return slices.ContainsFunc(r.Manifest.Inputs, func(in runs.Input) bool { return in.Table == table })
}

// Rows is the SELECT of a contract table as the run published it. Columns that an older version did
// not know are NULL; a table that it did not know is empty.
func (r Run) Rows(t contract.Table) string {
	file := published.TableFile(t.Name)
	none := ingest.EmptyTable(t)
	if !published.Has(r.Directory, file) {
		return none
	}
	var columns []string
	for _, c := range ingest.PublishedColumns(t) {
		columns = append(columns, engine.Name(c.Name))
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM (" + none + " UNION ALL BY NAME SELECT * FROM " + published.Rows(r.Directory, file) + ")"
}

// Tables are the contract tables as the run published them.
func (r Run) Tables() map[string]string {
	tables := map[string]string{}
	for _, t := range contract.Tables() {
		tables[t.Name] = r.Rows(t)
	}
	return tables
}

// A State is an input, and a configuration under which it is credited.
type State struct {
	Job    config.Job
	Model  string // the one model that is asked
	AsOf   time.Time
	Tables map[string]string // by contract table: the SELECT that returns its rows
	Leads  bool              // a table of leads was given
	Money  string            // reporting currency
}

// State is the run's own input under its own configuration.
func (r Run) State(model string) State {
	return State{Job: r.Job, Model: model, AsOf: r.AsOf, Tables: r.Tables(), Leads: r.Gives("leads"), Money: r.Manifest.ReportingCurrency}
}

// A Replay is an engine in which a state has been credited.
type Replay struct {
	engine *engine.Engine
	inputs ingest.Inputs
	show   *progress.Display
}

// Start opens an engine that may read these directories, and write into the directory scratch, and
// credits a state in it.
func Start(ctx context.Context, s State, scratch string, show *progress.Display, directories ...string) (*Replay, error) {
	spill, err := os.MkdirTemp(scratch, "spill-")
	if err != nil {
		return nil, failure.Writing("making a directory to spill into: %w", err)
	}
	eng, err := engine.Open(ctx, engine.Options{Threads: s.Job.Threads, MemoryLimit: s.Job.MemoryLimit, TempDir: spill, Directories: append([]string{scratch}, directories...), ChangesThreads: true})
	if err != nil {
		return nil, err
	}
	r := &Replay{engine: eng, show: show}
	r.show.Stage("reading the tables of the run")
	if r.inputs, err = ingest.Reload(ctx, eng, s.Job, ingest.Published{Tables: s.Tables, AsOf: s.AsOf, Currency: s.Money}, show); err == nil {
		err = r.credit(ctx, s, attribution.Credit)
	}
	if err != nil {
		_ = r.Close()
		return nil, err
	}
	return r, nil
}

// Again credits the same input under another configuration that joins the same people.
func (r *Replay) Again(ctx context.Context, s State) error {
	return r.credit(ctx, s, attribution.Recredit)
}

func (r *Replay) credit(ctx context.Context, s State, run func(context.Context, *engine.Engine, []credit.Model, attribution.Options, *progress.Display) error) error {
	selected, err := models.Select([]string{s.Model}, only(s.Job.CustomModels, s.Model))
	if err != nil {
		return err
	}
	s.Job.Credits, s.Job.PrimaryModel = true, s.Model
	options := job.AttributionOptions(s.Job, r.inputs)
	options.LeadsGiven, options.Reporting.Weeks = s.Leads, false
	return run(ctx, r.engine, selected, options, r.show)
}

// only returns the custom model of that name, if there is one.
func only(custom []config.CustomModel, name string) []config.CustomModel {
	return slices.DeleteFunc(slices.Clone(custom), func(m config.CustomModel) bool { return m.Name != name })
}

// Close ends the engine.
func (r *Replay) Close() error { return r.engine.Close() }
