// Package job is the complete job. Run reads the input, credits it, judges it, and publishes a run or
// refuses it; Validate reads and checks the input alone. Neither prints: both return what happened, and
// report progress to what they are given.
package job

import (
	"context"
	"time"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
)

// Options are what the command line asks of one run alone.
type Options struct {
	Accept    []findings.Acceptance
	Overrides []string          // flags that change the period or the models of this run
	Log       Log               // hears what was read and found, while the run goes on; nil: no one does
	Show      *progress.Display // how far work has come
	Now       func() time.Time  // the clock of the machine
	Bridge    Bridge            // writes why figures of closed months changed, when that was accepted
	Working   string            // a DuckDB file, which must not exist yet, for the tables that reports read; empty: none
	Documents []Document        // are written into the run beside its reports: the page, the workbook
}

// A Document writes one file for people into the directory of a run that is about to be published,
// from its reports. The same reports give the same bytes: it knows no clock and no number of the run.
type Document func(ctx context.Context, run *published.Run) error

// A Bridge writes, into the directory of a run that is about to be published, why its figures up to
// the end of closed books differ from those of an earlier run. An error of usage says why the two
// cannot be compared.
type Bridge func(ctx context.Context, span BridgeSpan, show *progress.Display) error

// A BridgeSpan is what a bridge reaches over: the directories of the earlier run and of the staged
// one, and the last day of the closed books.
type BridgeSpan struct {
	Before, Staged, Through string
	Manifest                runs.Manifest // of the staged run
	Job                     config.Job    // its limits; TempDir is where the bridge may write
}

// A Log hears what a run has to say before it ends.
type Log interface {
	Inputs(ingest.Inputs)
	Findings([]findings.Finding)
	Warning(text string) // about a file for another system; its hint is on a line of its own
}

type silence struct{}

func (silence) Inputs(ingest.Inputs)        {}
func (silence) Findings([]findings.Finding) {}
func (silence) Warning(string)              {}

// Run is the nightly job, whole: read, judge, stitch, credit, judge again, report, check, publish.
// Whatever fails on the way, and whatever a gate refuses, current is as it was.
func Run(ctx context.Context, job config.Job, options Options) (o Outcome, err error) {
	if options.Log == nil {
		options.Log = silence{}
	}
	a := attempt{job: job, options: options, show: options.Show, began: options.Now()}
	defer func() { o = a.outcome(o.Manifest, err) }()
	if _, err := modelsOf(job); err != nil {
		return o, err
	}
	if a.run, err = runs.Begin(ctx, job.Out); err != nil {
		return o, err
	}
	defer a.run.Abandon()
	temp, removeTemp, err := temporary(job, a.run)
	if err != nil {
		return o, err
	}
	defer removeTemp()
	if err := a.begin(ctx, temp); err != nil {
		return o, err
	}
	defer a.engine.Close()
	if err := a.read(ctx, temp); err != nil {
		return o, err
	}
	if err := a.attribute(ctx); err != nil {
		return o, err
	}
	if o.Manifest, err = a.publish(ctx); err != nil {
		return o, err
	}
	return o, nil
}
