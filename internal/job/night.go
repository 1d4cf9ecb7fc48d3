package job

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tributary/attribution"
	"tributary/attribution/credit"
	"tributary/gates"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/contract"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/findings"
	"tributary/internal/progress"
	"tributary/internal/runs"
	"tributary/reports"
)

// A night is one run on its way: from its staging directory to where it is published, or kept as refused.
type night struct {
	job     config.Job
	options Options
	show    *progress.Display

	run       *runs.Run
	engine    *engine.Engine
	baselines runs.Baselines
	judge     *gates.Judge
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
func (n *night) begin(ctx context.Context, temp string) (err error) {
	if n.baselines, err = gates.FindBaselines(n.job.Out); err != nil {
		return err
	}
	options := EngineOptions(n.job, temp, n.run.Staging())
	options.Files = append(options.Files, gates.MeasureFiles(n.baselines)...)
	n.engine, err = engine.Open(ctx, options)
	return err
}

// read loads the input and judges it: nothing costly is computed of what will be refused.
func (n *night) read(ctx context.Context, temp string) error {
	inputs, problems, err := ingest.Read(ctx, n.engine, n.job, temp, n.show)
	if err != nil {
		return err
	}
	n.inputs = inputs
	if broken := ingest.Together(problems); broken != nil {
		return n.keepBroken(ctx, broken)
	}
	n.options.Log.Inputs(inputs)
	n.judge, err = gates.New(ctx, n.engine, gates.Options{Inputs: inputs, Job: n.job, Rules: rulesOf(n.job.Gates), Baselines: n.baselines,
		IsBent: len(n.options.Overrides) > 0, Now: n.began})
	if err != nil {
		return err
	}
	if n.onFiles, err = n.judge.Files(ctx); err != nil {
		return err
	}
	if err := n.find(inputs.Findings, n.onFiles); err != nil {
		return err
	}
	if len(findings.Refusals(n.found)) > 0 {
		return n.refuse(ctx)
	}
	return nil
}

// attribute computes everything, and judges it.
func (n *night) attribute(ctx context.Context) (err error) {
	selected, err := modelsOf(n.job)
	if err != nil {
		return err
	}
	if n.result, err = attribution.Run(ctx, n.engine, selected, AttributionOptions(n.job, n.inputs), n.show); err != nil {
		if failure.CodeOf(err) == failure.Check && len(n.result.Findings) > 0 {
			return n.keep(ctx, err, n.inputs.Findings, n.result.Findings)
		}
		return err
	}
	onJourneys, err := n.judge.Journeys(ctx)
	if err != nil {
		return err
	}
	onCredit, err := n.judge.Credit(ctx, comparedModel(selected))
	if err != nil {
		return err
	}
	if err := n.find(n.inputs.Findings, n.onFiles, n.result.Findings, onJourneys, onCredit); err != nil {
		return err
	}
	if err := findings.Store(ctx, n.engine, n.found); err != nil {
		return err
	}
	if n.written, err = reports.Write(ctx, n.engine, reports.All(), selected, n.run.Staging(), reportOptions(n.job, n.inputs), n.show); err != nil {
		return err
	}
	if len(findings.Refusals(n.found)) > 0 {
		return n.refuse(ctx)
	}
	return nil
}

// comparedModel is the one by which runs are compared: linear, which credits every touch, where it is among those of the run.
func comparedModel(models []credit.Model) string {
	for _, m := range models {
		if m.Name == "linear" {
			return m.Name
		}
	}
	return models[0].Name
}

// find takes the findings of all stages so far, with the severities that the configuration and the command line give them.
func (n *night) find(stages ...[]findings.Finding) error {
	n.found = findings.Arranged(contract.Names(), stages...)
	rulesOf(n.job.Gates).Settle(n.found)
	n.accepted, n.unused = findings.Accept(n.found, n.options.Accept)
	gates.AcceptConsequences(n.found)
	var before findings.Records
	if id := n.judge.Baseline(); id != "" {
		directory, err := runs.Directory(n.job.Out, id)
		if err != nil {
			return err
		}
		if before, err = findings.Read(directory); err != nil {
			return err
		}
	}
	findings.Recognise(n.found, n.run.ID(), before)
	return nil
}

// finish writes what a run keeps beside its reports.
func (n *night) finish(ctx context.Context) (runs.Manifest, error) {
	records := findings.Records{Run: n.run.ID(), Currency: n.inputs.Currency}
	if n.judge != nil {
		records.BaselineRun = n.judge.Baseline()
		if err := n.judge.Write(ctx, n.run.Staging()); err != nil {
			return runs.Manifest{}, err
		}
	}
	if err := findings.Write(n.run.Staging(), records, n.found); err != nil {
		return runs.Manifest{}, err
	}
	if err := ingest.WriteQuarantine(ctx, n.engine, filepath.Join(n.run.Staging(), "quarantine"), n.inputs); err != nil {
		return runs.Manifest{}, err
	}
	return manifestOf(ctx, n)
}

// publish makes the run current.
func (n *night) publish(ctx context.Context) (runs.Manifest, error) {
	manifest, err := n.finish(ctx)
	if err != nil {
		return manifest, err
	}
	if err := n.inputs.Recheck(); err != nil {
		return manifest, err
	}
	if err := n.run.Publish(ctx, manifest, n.show); err != nil {
		return manifest, err
	}
	directory, err := runs.Directory(n.job.Out, n.run.ID())
	if err != nil {
		return manifest, err
	}
	return runs.ReadManifest(directory) // which now names every file
}

// refuse keeps the run to look at, and says in the first line what changed.
func (n *night) refuse(ctx context.Context) error {
	manifest, err := n.finish(ctx)
	if err != nil {
		return err
	}
	refusals := gates.Order(findings.Refusals(n.found))
	for _, f := range refusals {
		manifest.Refused = append(manifest.Refused, f.Code()+":"+f.Table)
	}
	n.options.Log.Findings(n.found)
	if _, err = n.run.Refuse(ctx, manifest, n.show); err != nil {
		return err
	}
	differs := n.judge.Differs(manifest.Configuration, manifest.Program)
	var said []string
	for i, f := range refusals {
		line := f.Code() + ": " + f.String()
		if i == 0 && differs != "" {
			line += "; " + differs
		}
		if f.Remedy != "" {
			line += "\n    " + f.Remedy
		}
		said = append(said, line)
	}
	said = append(said, n.unchanged()+"; "+filepath.Join(n.job.Out, "refused", n.run.ID())+" keeps what was found",
		"mend the input or, if it is right, run again with "+acceptFlags(refusals))
	return failure.Errorf(failure.Refused, "%s", strings.Join(said, "\n"))
}

// unchanged says what readers of current still see.
func (n *night) unchanged() string {
	list, err := runs.List(n.job.Out)
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

// keepBroken keeps what was found in an input that breaks its contract: the quarantine is what is wanted then.
func (n *night) keepBroken(ctx context.Context, broken error) error {
	if !n.inputs.IsComplete || len(n.inputs.Quarantined) == 0 {
		return broken
	}
	return n.keep(ctx, broken, n.inputs.Findings)
}

// keep keeps what was found in a run that ends with an error about its input, which nobody can accept.
func (n *night) keep(ctx context.Context, cause error, stages ...[]findings.Finding) error {
	n.found = findings.Arranged(contract.Names(), stages...)
	manifest, err := n.finish(ctx)
	if err != nil {
		return err
	}
	manifest.Refused = []string{fmt.Sprintf("exit-%d:%s", failure.CodeOf(cause), findings.Run)}
	if _, err := n.run.Refuse(ctx, manifest, n.show); err != nil {
		return err
	}
	return failure.Errorf(failure.CodeOf(cause), "%w\n%s keeps what was found", cause, filepath.Join(n.job.Out, "refused", n.run.ID()))
}
