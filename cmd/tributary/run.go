package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"tributary/attribution"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/findings"
	"tributary/internal/runs"
	"tributary/reports"
)

// run is the nightly job, whole: read, stitch, credit, report, check, publish. It returns the directory of the published run;
// whatever fails on the way, nothing is published and the output directory is as it was.
func run(ctx context.Context, job config.Job, say *log) (published string, err error) {
	selected, err := modelsOf(job)
	if err != nil {
		return "", err
	}
	r, err := runs.Begin(ctx, job.Out)
	if err != nil {
		return "", err
	}
	defer r.Abandon()
	temp, removeTemp, err := temporary(job, r)
	if err != nil {
		return "", err
	}
	defer removeTemp()
	eng, err := engine.Open(ctx, engineOptions(job, temp, r.Staging()))
	if err != nil {
		return "", err
	}
	defer eng.Close()
	inputs, err := ingest.Load(ctx, eng, job, temp, say.show)
	if err != nil {
		return "", err
	}
	say.inputs(inputs)
	result, err := attribution.Run(ctx, eng, selected, attributionOptions(job, inputs), say.show)
	if err != nil {
		return "", err
	}
	found := findings.Arranged(tableNames(), inputs.Findings, result.Findings)
	if err := findings.Store(ctx, eng, found); err != nil {
		return "", err
	}
	written, err := reports.Write(ctx, eng, reports.All(), selected, r.Staging(), reportOptions(job, inputs), say.show)
	if err != nil {
		return "", err
	}
	if err := ingest.WriteQuarantine(ctx, eng, filepath.Join(r.Staging(), "quarantine"), inputs); err != nil {
		return "", err
	}
	manifest, err := manifestOf(ctx, eng, r, job, inputs, result, written, found)
	if err != nil {
		return "", err
	}
	if err := r.Publish(ctx, manifest, say.show); err != nil {
		return "", err
	}
	say.published(r.ID(), job.Out, result, manifest)
	return runs.Directory(job.Out, r.ID())
}

func runCommand() *cobra.Command {
	var o config.Overrides
	var input, file string
	var csvRaw, asJSON bool
	c := &cobra.Command{
		Use:   "run",
		Short: "The nightly job: read, stitch, attribute, report, check, publish",
		Long: `Reads the input tables, attributes every conversion under every model, writes and checks the reports, and publishes the
run under OUT/runs, with OUT/current pointing to it. A run that fails publishes nothing.

Without --config the directory INPUT holds the canonical files (touchpoints.csv, opportunities.csv, ...; also .csv.gz,
.csv.zst and .parquet). docs/input.md describes them.`,
		Example: "  tributary run --input exports --out results\n  tributary run --config tributary.yaml --out results --as-of 2025-03-31",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			say, err := newLog(c)
			if err != nil {
				return err
			}
			defer say.show.Close()
			if err := refuseEmpty(c, "config", "input", "out", "as-of", "from", "to", "models"); err != nil {
				return err
			}
			if o.Out == "" {
				return failure.Errorf(failure.Usage, "--out is missing: where should the run be published?")
			}
			if c.Flags().Changed("csv-raw") {
				o.CSVRaw = &csvRaw
			}
			job, err := jobOf(file, input, o, say)
			if err != nil {
				return err
			}
			published, err := run(c.Context(), job, say)
			if err != nil || !asJSON {
				return err
			}
			manifest, err := runs.ReadManifest(published)
			if err != nil {
				return err
			}
			return printJSON(c.OutOrStdout(), manifest)
		},
	}
	f := c.Flags()
	f.StringVar(&file, "config", "", "configuration `FILE` (tributary.yaml)")
	f.StringVar(&input, "input", "", "`DIR` of the input files; with --config it replaces input.directory")
	f.StringVar(&o.Out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&o.AsOf, "as-of", "", "the `INSTANT` (or day) up to which conversions count; by default the newest of the data")
	f.StringSliceVar(&o.Models, "models", nil, "models to run, by `NAME`, comma-separated; by default all")
	f.StringVar(&o.From, "from", "", "first `DAY` of the reporting period; by default everything")
	f.StringVar(&o.To, "to", "", "last `DAY` of the reporting period")
	f.StringVar(&o.Credits, "credits", "", "write credits.parquet: `all` or none")
	f.StringVar(&o.Tables, "tables", "", "write tables/: `all` or none; explain needs them")
	f.BoolVar(&csvRaw, "csv-raw", false, "write text cells that begin like a formula as they are")
	f.IntVar(&o.Threads, "threads", 0, "threads; by default one per core")
	f.StringVar(&o.MemoryLimit, "memory-limit", "", "memory of the engine, as `SIZE` (4GB); the process takes about 0.5 GB more")
	f.StringVar(&o.TempDir, "temp-dir", "", "`DIR` to spill into; by default inside --out")
	f.BoolVar(&asJSON, "json", false, "print the manifest of the run")
	return c
}

// refuseEmpty refuses a flag that was given and is empty, as an unset variable makes it: that is no default.
func refuseEmpty(c *cobra.Command, names ...string) error {
	for _, name := range names {
		if f := c.Flags().Lookup(name); f.Changed && (f.Value.String() == "" || f.Value.String() == "[]") {
			return failure.Errorf(failure.Usage, "--%s is empty: leave it out, or say what it should be", name)
		}
	}
	return nil
}
