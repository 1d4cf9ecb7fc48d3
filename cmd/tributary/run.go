package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tributary/attribution"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/runs"
	"tributary/models"
	"tributary/reports"
)

// run is the nightly job, whole: read, stitch, credit, report, check, publish. Whatever fails on the way, nothing is
// published and the directory is as it was.
func run(ctx context.Context, job config.Job, say *log) (runs.Manifest, error) {
	selected, err := models.Select(job.Models, job.CustomModels)
	if err != nil {
		return runs.Manifest{}, err
	}
	if !slices.Contains(models.Names(selected), job.PrimaryModel) {
		return runs.Manifest{}, failure.Errorf(failure.Usage, "primary_model: %q is not among the models of this run: %s", job.PrimaryModel, strings.Join(models.Names(selected), ", "))
	}
	r, err := runs.Begin(ctx, job.Out)
	if err != nil {
		return runs.Manifest{}, err
	}
	defer r.Abandon()
	temp, removeTemp, err := temporary(job, r)
	if err != nil {
		return runs.Manifest{}, err
	}
	defer removeTemp()
	eng, err := engine.Open(ctx, engineOptions(job, r, temp))
	if err != nil {
		return runs.Manifest{}, err
	}
	defer eng.Close()
	inputs, err := ingest.Load(ctx, eng, job, temp)
	if err != nil {
		return runs.Manifest{}, err
	}
	sayInputs(say, inputs)
	result, err := attribution.Run(ctx, eng, selected, attributionOptions(job, inputs))
	if err != nil {
		return runs.Manifest{}, err
	}
	say.say("conversions: %s", result.Paths)
	written, err := reports.Write(ctx, eng, reports.All(), selected, r.Staging(), reportOptions(job, inputs))
	if err != nil {
		return runs.Manifest{}, err
	}
	if err := ingest.WriteQuarantine(ctx, eng, filepath.Join(r.Staging(), "quarantine"), inputs); err != nil {
		return runs.Manifest{}, err
	}
	manifest, err := manifestOf(ctx, eng, r, job, inputs, result, written)
	if err != nil {
		return runs.Manifest{}, err
	}
	if err := r.Publish(ctx, manifest); err != nil {
		return runs.Manifest{}, err
	}
	if manifest, err = runs.ReadManifest(filepath.Join(job.Out, "runs", r.ID())); err != nil {
		return runs.Manifest{}, fmt.Errorf("run %s was published, and cannot be read back: %w", r.ID(), err)
	}
	for _, warning := range manifest.Warnings {
		say.warn("%s", warning)
	}
	say.say("published run %s in %s", r.ID(), job.Out)
	return manifest, nil
}

func sayInputs(say *log, inputs ingest.Inputs) {
	for _, f := range inputs.Files {
		say.say("%s: %s: %d rows in = %d loaded + %d quarantined + %d deduplicated", f.Table, f.Name, f.RowsIn, f.Loaded, f.Quarantined, f.Deduplicated)
	}
	say.say("as of %s, amounts in %s", inputs.AsOf.Format("2006-01-02T15:04:05.999999Z07:00"), inputs.Currency)
}

// temporary is the directory in which the engine spills: in the one that was given, else inside staging.
func temporary(job config.Job, r *runs.Run) (string, func(), error) {
	if job.TempDir == "" {
		return r.TempDir(), func() {}, nil
	}
	directory, err := os.MkdirTemp(job.TempDir, "tributary-")
	if err != nil {
		return "", nil, failure.Errorf(failure.IO, "--temp-dir %s: %w", job.TempDir, err)
	}
	return directory, func() { _ = os.RemoveAll(directory) }, nil
}

func engineOptions(job config.Job, r *runs.Run, temp string) engine.Options {
	o := engine.Options{Threads: job.Threads, MemoryLimit: job.MemoryLimit, TempDir: temp, Directories: []string{r.Staging()}}
	for _, source := range job.Tables {
		for _, path := range source.Paths {
			if strings.EqualFold(filepath.Ext(path), ".parquet") {
				o.Files = append(o.Files, path)
			}
		}
	}
	slices.Sort(o.Files)
	return o
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
			for _, name := range []string{"config", "input", "out", "as-of", "from", "to", "models"} {
				if f := c.Flags().Lookup(name); f.Changed && (f.Value.String() == "" || f.Value.String() == "[]") {
					return failure.Errorf(failure.Usage, "--%s is empty: leave it out, or say what it should be", name)
				}
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
			manifest, err := run(c.Context(), job, say)
			if err != nil || !asJSON {
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
	f.StringVar(&o.MemoryLimit, "memory-limit", "", "memory of the engine, as `SIZE` (4GB)")
	f.StringVar(&o.TempDir, "temp-dir", "", "`DIR` to spill into; by default inside --out")
	f.BoolVar(&asJSON, "json", false, "print the manifest of the run")
	return c
}

// jobOf resolves configuration, input directory and flags.
func jobOf(file, input string, o config.Overrides, say *log) (job config.Job, err error) {
	var ignored []string
	switch {
	case file != "":
		job, ignored, err = config.Load(file, input, contractTables())
	case input != "":
		job, ignored, err = config.FromDirectory(input, contractTables())
	default:
		return job, failure.Errorf(failure.Usage, "--input or --config is missing: what should be read?")
	}
	if err != nil {
		return job, err
	}
	if same, err := sameDirectory(input, o.Out); err == nil && same {
		return job, failure.Errorf(failure.Usage, "--out is the directory of the inputs: publish elsewhere, inputs are not touched")
	}
	if len(ignored) > 0 {
		say.warn("files that no table uses: %q", ignored)
	}
	return job.With(o)
}

// sameDirectory tells whether two paths name one existing directory.
func sameDirectory(a, b string) (bool, error) {
	first, err := os.Stat(a)
	if err != nil {
		return false, err
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second), err
}
