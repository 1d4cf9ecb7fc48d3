package main

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/difference"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
)

func runCommand(now func() time.Time, documents []job.Document) *cobra.Command {
	var o config.Overrides
	var input, file string
	var csvRaw, asJSON bool
	var accept []string
	var failOn, onFinish, metrics, working string
	c := &cobra.Command{
		Use:   "run",
		Short: "The nightly job: read, stitch, attribute, report, check, publish",
		Long: `Reads the input tables, attributes every conversion under every model, writes and checks the reports, and publishes the
run under OUT/runs, with OUT/current pointing to it. A run that fails publishes nothing. If the input can be read but looks wrong, on
its own or compared with the last runs, the run is refused with exit code 8: OUT/refused keeps the findings, and --accept accepts them.

Without --config the directory INPUT holds the canonical files (touchpoints.csv, opportunities.csv, ...; also .csv.gz,
.csv.zst and .parquet). docs/input.md describes them.`,
		Example: "  tributary run --input exports --out results\n  tributary run --config tributary.yaml --out results --as-of 2025-03-31",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			defer say.show.Close()
			if err := refuseEmpty(c, "config", "input", "out", "as-of", "from", "to", "models", "accept", "fail-on", "on-finish", "metrics", "working-tables"); err != nil {
				return err
			}
			if file == "" && input == "" {
				return noInput()
			}
			if o.Out == "" {
				return noOutput()
			}
			if c.Flags().Changed("csv-raw") {
				o.CSVRaw = &csvRaw
			}
			accepted, err := acceptances(accept)
			if err != nil {
				return err
			}
			if !slices.Contains([]string{"", "warn", "new-warn"}, failOn) {
				return failure.Errorf(failure.Usage, "--fail-on: %q is not warn or new-warn", failOn)
			}
			var overrides []string
			for _, name := range []string{"as-of", "from", "to", "models"} {
				if c.Flags().Changed(name) {
					overrides = append(overrides, name)
				}
			}
			kept, err := newWorkingFile(working, o.Out)
			if err != nil {
				return err
			}
			defer kept.remove()
			settings, err := jobOf(file, input, o, say)
			done := job.Unbegun(err, now())
			if err == nil {
				done, err = job.Run(c.Context(), settings, job.Options{Accept: accepted, Overrides: overrides, Log: say, Show: say.show, Now: now, Bridge: difference.Bridge,
					Working: kept.made(), Documents: documents})
			}
			if err == nil {
				err = kept.publish()
			}
			if err == nil {
				err = failOnWarnings(done, failOn)
			}
			done.Code = failure.CodeOf(err)
			if c.Context().Err() != nil {
				done.Code = failure.CodeOf(context.Cause(c.Context()))
			}
			say.finished(done)
			if failed := writeMetrics(metrics, done, say.show.Times()); failed != nil {
				say.warn("%v", failed)
			}
			if failed := tell(onFinish, done); failed != nil {
				say.warn("%v", failed)
			}
			if asJSON && done.IsPublished() {
				if failed := printJSON(c.OutOrStdout(), done.Manifest); failed != nil {
					return failed
				}
			}
			return err
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
	f.StringVar(&o.Tables, "tables", "", "write tables/: `all` or none; explain and lead need them")
	f.BoolVar(&csvRaw, "csv-raw", false, "write text cells that begin like a formula as they are")
	f.IntVar(&o.Threads, "threads", 0, "`N` threads; by default one per core")
	f.StringVar(&o.MemoryLimit, "memory-limit", "", "memory limit of the engine, as `SIZE` (4GB); the process needs more, see docs/runbook.md")
	f.StringVar(&o.TempDir, "temp-dir", "", "`DIR` to spill into; by default inside --out")
	f.StringVar(&working, "working-tables", "", "also write the tables from which the reports are made to a DuckDB `FILE`, for the queries of report --sql")
	f.StringArrayVar(&accept, "accept", nil, "accept a finding that would refuse the run: `CODE[:TABLE]=REASON`; repeatable")
	f.StringVar(&failOn, "fail-on", "", "end with exit code 9 after publishing with `WHICH` warnings: warn or new-warn")
	f.StringVar(&onFinish, "on-finish", "", "run this shell `COMMAND` when the run has ended, successfully or not, with its last line as JSON on stdin")
	f.StringVar(&metrics, "metrics", "", "write figures about the run to `FILE`, as OpenMetrics text")
	f.BoolVar(&asJSON, "json", false, "print the manifest of the run")
	return c
}

// refuseEmpty refuses a flag that was given and is empty, as an unset variable makes it: that is no
// default.
func refuseEmpty(c *cobra.Command, names ...string) error {
	for _, name := range names {
		if f := c.Flags().Lookup(name); f.Changed && (f.Value.String() == "" || f.Value.String() == "[]") {
			return failure.Errorf(failure.Usage, "--%s is empty\nhint: leave the flag out, or give it a value", name)
		}
	}
	return nil
}
