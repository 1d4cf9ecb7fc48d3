package job

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/activation"
	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/reports"
)

// An attempt is one run on its way, from its staging directory to where it is published or,
// refused, kept.
type attempt struct {
	job     config.Job
	options Options
	show    *progress.Display

	run       *runs.Run
	engine    *engine.Engine
	baselines runs.Baselines
	evaluator *gates.Evaluator
	began     time.Time

	inputs   ingest.Inputs
	result   attribution.Result
	written  reports.Written
	onFiles  []findings.Finding // of the gates that need only the files
	found    []findings.Finding // of all stages so far
	accepted []findings.Acceptance
	unused   []findings.Acceptance // what --accept named and no gate refused
}

// begin opens the engine on a run: it may read the input, and what earlier runs measured.
func (a *attempt) begin(ctx context.Context, temp string) (err error) {
	if a.baselines, err = gates.FindBaselines(a.job.Out); err != nil {
		return err
	}
	options := EngineOptions(a.job, temp, a.run.Staging())
	if a.options.Working != "" {
		options.Directories = append(options.Directories, filepath.Dir(a.options.Working))
	}
	options.Files = append(options.Files, gates.MeasureFiles(a.baselines)...)
	a.engine, err = engine.Open(ctx, options)
	return err
}

// read loads the input and judges it: nothing costly is computed of what will be refused.
func (a *attempt) read(ctx context.Context, temp string) error {
	inputs, problems, err := ingest.Read(ctx, a.engine, a.job, temp, a.show)
	if err != nil {
		return err
	}
	a.inputs = inputs
	if broken := ingest.Together(problems); broken != nil {
		return a.keepBroken(ctx, broken)
	}
	a.options.Log.Inputs(inputs)
	a.evaluator, err = gates.New(ctx, a.engine, gates.Options{Inputs: inputs, Job: a.job, Rules: rulesOf(a.job.Gates), Baselines: a.baselines,
		HasOverrides: len(a.options.Overrides) > 0, Now: a.began})
	if err != nil {
		return err
	}
	if a.onFiles, err = a.evaluator.Files(ctx); err != nil {
		return err
	}
	if err := a.find(inputs.Findings, a.onFiles); err != nil {
		return err
	}
	if len(findings.Refusals(a.found)) > 0 {
		return a.refuse(ctx)
	}
	return nil
}

// fewRows is the number of input rows up to which the statements of attribution run on one thread.
// The engine cuts a scan into tasks of 122,880 rows: further threads would find little to do, and use
// processor time while they look for it (engine.Parallel).
const fewRows = 250_000

// attribute computes everything, and judges it.
func (a *attempt) attribute(ctx context.Context) error {
	var rows int64
	for _, file := range a.inputs.Files {
		rows += file.RowsIn
	}
	credit := func() error { return a.credit(ctx) }
	run := func() error { return a.engine.OneThread(ctx, credit) }
	if rows > fewRows {
		run = credit
	}
	if err := run(); err != nil {
		return err
	}
	return a.report(ctx)
}

// credit computes what reports are made of, and judges it.
func (a *attempt) credit(ctx context.Context) (err error) {
	selected, err := modelsOf(a.job)
	if err != nil {
		return err
	}
	if a.result, err = attribution.Run(ctx, a.engine, selected, AttributionOptions(a.job, a.inputs), a.show); err != nil {
		if failure.CodeOf(err) == failure.Check && len(a.result.Findings) > 0 {
			return a.keep(ctx, err, a.inputs.Findings, a.result.Findings)
		}
		return err
	}
	onJourneys, err := a.evaluator.Journeys(ctx)
	if err != nil {
		return err
	}
	onCredit, err := a.evaluator.Credit(ctx, comparedModel(selected))
	if err != nil {
		return err
	}
	if err := a.find(a.inputs.Findings, a.onFiles, a.result.Findings, onJourneys, onCredit); err != nil {
		return err
	}
	return findings.Store(ctx, a.engine, a.found)
}

// report writes the reports and the files for other systems. A run that a gate refuses is kept after
// that, with its reports.
func (a *attempt) report(ctx context.Context) (err error) {
	if a.written, err = reports.Write(ctx, a.engine, reports.All(), a.run.Staging(), ReportOptions(a.job, a.inputs), a.show); err != nil {
		return err
	}
	if a.options.Working != "" {
		a.show.Stage("writing the working tables")
		if err := reports.KeepWorkingTables(ctx, a.engine, reports.All(), a.job.Credits, a.options.Working); err != nil {
			return err
		}
	}
	if err := a.activate(ctx); err != nil {
		return err
	}
	if len(findings.Refusals(a.found)) > 0 {
		return a.refuse(ctx)
	}
	return nil
}

// activate writes the files for other systems.
func (a *attempt) activate(ctx context.Context) error {
	options, err := activationOptions(a.job, a.inputs)
	if err != nil {
		return err
	}
	checks, warnings, err := activation.Write(ctx, a.engine, a.run.Staging(), options, a.show)
	if err != nil {
		return err
	}
	for _, warning := range warnings {
		a.options.Log.Warning(warning)
	}
	a.written.Checks = append(a.written.Checks, checks...)
	slices.SortFunc(a.written.Checks, func(a, b attribution.Check) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// comparedModel is the one by which runs are compared: linear, which credits every touch, where it
// is among those of the run.
func comparedModel(models []credit.Model) string {
	for _, m := range models {
		if m.Name == "linear" {
			return m.Name
		}
	}
	return models[0].Name
}

// find takes the findings of all stages so far, with the severities that the configuration and the
// command line give them.
func (a *attempt) find(stages ...[]findings.Finding) error {
	a.found = findings.Arranged(contract.Names(), stages...)
	rulesOf(a.job.Gates).Apply(a.found)
	a.accepted, a.unused = findings.Accept(a.found, a.options.Accept)
	gates.AcceptConsequences(a.found)
	var before findings.Records
	if id := a.evaluator.Baseline(); id != "" {
		directory, err := runs.Directory(a.job.Out, id)
		if err != nil {
			return err
		}
		if before, err = findings.Read(directory); err != nil {
			return err
		}
	}
	findings.Recognise(a.found, a.run.ID(), before)
	return nil
}

// finish writes what a run keeps beside its reports.
func (a *attempt) finish(ctx context.Context) (runs.Manifest, error) {
	records := findings.Records{Run: a.run.ID(), Currency: a.inputs.Currency}
	if a.evaluator != nil {
		records.BaselineRun = a.evaluator.Baseline()
		if err := a.evaluator.Write(ctx, a.run.Staging()); err != nil {
			return runs.Manifest{}, err
		}
	}
	if err := findings.Write(a.run.Staging(), records, a.found); err != nil {
		return runs.Manifest{}, err
	}
	if err := ingest.WriteQuarantine(ctx, a.engine, filepath.Join(a.run.Staging(), "quarantine"), a.inputs); err != nil {
		return runs.Manifest{}, err
	}
	return manifestOf(ctx, a)
}

// refuse keeps the run to look at, and says in the first line what changed.
func (a *attempt) refuse(ctx context.Context) error {
	manifest, err := a.finish(ctx)
	if err != nil {
		return err
	}
	refusals := gates.Order(findings.Refusals(a.found))
	for _, f := range refusals {
		manifest.Refused = append(manifest.Refused, f.Code()+":"+f.Table)
	}
	a.options.Log.Findings(a.found)
	if _, err = a.run.Refuse(ctx, manifest, a.show); err != nil {
		return err
	}
	differs := a.evaluator.Differs(manifest.Configuration, manifest.Program)
	var parts []string
	for i, f := range refusals {
		line := f.Code() + ": " + f.String()
		if i == 0 && differs != "" {
			line += "; " + differs
		}
		if f.Remedy != "" {
			line += "\nhint: " + f.Remedy
		}
		parts = append(parts, line)
	}
	parts = append(parts, a.unchanged(), "hint: see "+filepath.Join(a.job.Out, "refused", a.run.ID())+"; correct the input or, if it is right, run again with "+acceptFlags(refusals))
	return failure.Errorf(failure.Refused, "%s", strings.Join(parts, "\n"))
}

// unchanged says what readers of current still see.
func (a *attempt) unchanged() string {
	list, err := runs.List(a.job.Out)
	if err == nil {
		for _, run := range list {
			if run.Current {
				return "nothing was published: current is still run " + run.ID
			}
		}
	}
	return "nothing was published"
}

// acceptFlags is how to let these findings pass.
func acceptFlags(refusals []findings.Finding) string {
	var flags []string
	for _, f := range refusals {
		flag := "--accept " + f.Code()
		if f.Table != findings.Run {
			flag += ":" + f.Table
		}
		if flag += `="WHY"`; !slices.Contains(flags, flag) {
			flags = append(flags, flag)
		}
	}
	return strings.Join(flags, " ")
}

// keepBroken keeps what was found in an input that breaks its contract: the quarantine is what is
// wanted then.
func (a *attempt) keepBroken(ctx context.Context, broken error) error {
	if !a.inputs.IsComplete || len(a.inputs.Quarantined) == 0 {
		return broken
	}
	return a.keep(ctx, broken, a.inputs.Findings)
}

// keep keeps what was found in a run that ends with an error about its input, which nobody can
// accept.
func (a *attempt) keep(ctx context.Context, cause error, stages ...[]findings.Finding) error {
	a.found = findings.Arranged(contract.Names(), stages...)
	manifest, err := a.finish(ctx)
	if err != nil {
		return err
	}
	manifest.Refused = []string{fmt.Sprintf("exit-%d:%s", failure.CodeOf(cause), findings.Run)}
	if _, err := a.run.Refuse(ctx, manifest, a.show); err != nil {
		return err
	}
	return failure.Errorf(failure.CodeOf(cause), "%w\nhint: the findings are in %s", cause, filepath.Join(a.job.Out, "refused", a.run.ID()))
}
