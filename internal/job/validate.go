package job

import (
	"context"
	"os"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/gates"
	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/runs"
)

// Validate reads everything that a run would read, checks it against the input contract, and builds
// the journeys. It reports every problem that it can find, and writes nothing.
func Validate(ctx context.Context, job config.Job, hasOverrides bool, v *Validation, show *progress.Display, now func() time.Time) error {
	if _, err := modelsOf(job); err != nil {
		return err
	}
	temp, removeTemp, err := privateTemporary(job)
	if err != nil {
		return err
	}
	defer removeTemp()
	var baselines runs.Baselines
	if job.Out != "" {
		if baselines, err = gates.FindBaselines(job.Out); err != nil {
			return err
		}
	}
	options := EngineOptions(job, temp)
	options.Files = append(options.Files, gates.MeasureFiles(baselines)...)
	eng, err := engine.Open(ctx, options)
	if err != nil {
		return err
	}
	defer eng.Close()
	inputs, problems, err := ingest.Examine(ctx, eng, job, temp, show)
	if err != nil {
		return err
	}
	ranges, err := ingest.Ranges(ctx, eng, inputs)
	if err != nil {
		return err
	}
	v.read(job, inputs, problems, ranges)
	if v.SampleRows > 0 {
		if v.Samples, err = ingest.Samples(ctx, eng, inputs, v.SampleRows); err != nil {
			return err
		}
	}
	if !inputs.IsComplete {
		return nil
	}
	evaluator, err := gates.New(ctx, eng, gates.Options{Inputs: inputs, Job: job, Rules: rulesOf(job.Gates), Baselines: baselines, HasOverrides: hasOverrides, Now: now()})
	if err != nil {
		return err
	}
	v.Baseline = evaluator.Baseline()
	onFiles, err := evaluator.Files(ctx)
	if err != nil {
		return err
	}
	surveyed, err := attribution.Survey(ctx, eng, AttributionOptions(job, inputs), show)
	if err != nil && (ctx.Err() != nil || failure.CodeOf(err) != failure.Contract) {
		return err
	}
	var onJourneys []findings.Finding
	if err == nil {
		var failed error
		if onJourneys, failed = evaluator.Journeys(ctx); failed != nil {
			return failed
		}
	}
	v.surveyed(inputs, surveyed, onFiles, onJourneys, rulesOf(job.Gates), err)
	return nil
}

// privateTemporary is a directory that only this program may enter, in which the engine spills and
// finds Parquet files. Where the machine has no place for one and none was given, the engine does
// without, if there is no Parquet to read.
func privateTemporary(job config.Job) (string, func(), error) {
	directory, err := os.MkdirTemp(job.TempDir, "tributary-validate-")
	switch {
	case err == nil:
		return directory, func() { _ = os.RemoveAll(directory) }, nil
	case job.TempDir == "" && len(EngineOptions(job, "").Files) == 0:
		return "", func() {}, nil
	case job.TempDir == "":
		return "", nil, failure.Writing("making a temporary directory: %w\nhint: name a directory with --temp-dir", err)
	}
	return "", nil, failure.Writing("--temp-dir %s: %w\nhint: name a directory that exists and can be written", job.TempDir, err)
}
