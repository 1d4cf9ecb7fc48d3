package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"tributary/attribution"
	"tributary/gates"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/findings"
	"tributary/internal/progress"
	"tributary/internal/runs"
)

// validate reads everything that a run would read, holds it against the input contract, and lays out the journeys. It says all
// that can be said, and writes nothing.
func validate(ctx context.Context, job config.Job, isBent bool, v *validation, show *progress.Display) error {
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
	options := engineOptions(job, temp)
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
	if !inputs.IsComplete {
		return nil
	}
	judge, err := gates.New(ctx, eng, gates.Options{Inputs: inputs, Job: job, Rules: rulesOf(job.Gates), Baselines: baselines, IsBent: isBent, Now: clockOf(ctx)()})
	if err != nil {
		return err
	}
	v.Baseline = judge.Baseline()
	onFiles, err := judge.Files(ctx)
	if err != nil {
		return err
	}
	surveyed, err := attribution.Survey(ctx, eng, attributionOptions(job, inputs), show)
	if err != nil && (ctx.Err() != nil || failure.CodeOf(err) != failure.Contract) {
		return err
	}
	var onJourneys []findings.Finding
	if err == nil {
		var failed error
		if onJourneys, failed = judge.Journeys(ctx); failed != nil {
			return failed
		}
	}
	v.surveyed(inputs, surveyed, onFiles, onJourneys, rulesOf(job.Gates), err)
	return nil
}

// privateTemporary is a directory that only this program may enter, in which the engine spills and finds Parquet files. Where the
// machine has no place for one and none was given, the engine does without, if there is no Parquet to read.
func privateTemporary(job config.Job) (string, func(), error) {
	directory, err := os.MkdirTemp(job.TempDir, "tributary-validate-")
	switch {
	case err == nil:
		return directory, func() { _ = os.RemoveAll(directory) }, nil
	case job.TempDir == "" && len(engineOptions(job, "").Files) == 0:
		return "", func() {}, nil
	case job.TempDir == "":
		return "", nil, failure.Writing("making a temporary directory: %w (give --temp-dir)", err)
	}
	return "", nil, failure.Writing("--temp-dir %s: %w", job.TempDir, err)
}

func validateCommand() *cobra.Command {
	var o config.Overrides
	var input, file string
	var asJSON bool
	c := &cobra.Command{
		Use:   "validate",
		Short: "Hold the input against its contract, and write nothing",
		Long: `Reads all that a run would read and says, in one go, what it would use (files, columns, currency, zone, as-of), everything
that breaks the input contract, between what dates the tables lie, how many touches and opportunities come together, and what
else is odd in the data. It credits nothing and writes nothing.

With --out it holds the input against the last published runs, as a run would: of the gates only those wait for the run that judge
credit.

Exit code 3 says that a run would be refused for the input contract; what could be read is told all the same. Exit code 4 says that
control totals do not tie to what was read, 8 that the input can be read and looks wrong.`,
		Example: "  tributary validate --input exports\n  tributary validate --config tributary.yaml --out results\n  tributary validate --config tributary.yaml --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			say, err := newLog(c)
			if err != nil {
				return err
			}
			defer say.show.Close()
			if err := refuseEmpty(c, "config", "input", "out", "as-of", "temp-dir"); err != nil {
				return err
			}
			job, ignored, err := findJob(file, input)
			if err != nil && failure.CodeOf(err) != failure.Contract {
				return err
			}
			v := newValidation(ignored, err)
			if job, err = job.With(o); err != nil {
				return err
			}
			if err := validate(c.Context(), job, c.Flags().Changed("as-of"), v, say.show); err != nil {
				return err
			}
			say.show.Close()
			if err := v.print(c.OutOrStdout(), asJSON); err != nil {
				return err
			}
			if v.isUntied {
				return failure.Errorf(failure.Check, "control totals do not tie to the input; a run would publish nothing (standard output lists them)")
			}
			if v.isRefused {
				return failure.Errorf(failure.Refused, "the input can be read, but looks wrong; a run would be refused (standard output says why)")
			}
			if !v.OK {
				return failure.Errorf(failure.Contract, "the input breaks its contract; a run would be refused (standard output lists the problems)")
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&file, "config", "", "configuration `FILE` (tributary.yaml)")
	f.StringVar(&input, "input", "", "`DIR` of the input files; with --config it replaces input.directory")
	f.StringVar(&o.Out, "out", "", "`DIR` of the published runs that the input is held against; by default none")
	f.StringVar(&o.AsOf, "as-of", "", "the `INSTANT` (or day) up to which conversions count; by default the newest of the data")
	f.IntVar(&o.Threads, "threads", 0, "threads; by default one per core")
	f.StringVar(&o.MemoryLimit, "memory-limit", "", "memory of the engine, as `SIZE` (4GB); the process takes about 1 GB more")
	f.StringVar(&o.TempDir, "temp-dir", "", "`DIR` to spill into, under a private name; by default that of the system")
	f.BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}
