package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
)

func validateCommand(now func() time.Time) *cobra.Command {
	var o config.Overrides
	var input, file string
	var asJSON bool
	var sample int
	c := &cobra.Command{
		Use:   "validate",
		Short: "Check the input files without running anything",
		Long: `Reads everything that a run would read and prints what the run would use (files, columns, currency, time zone, as-of), everything
that breaks the input contract, the dates of each table, how many touchpoints and opportunities can be matched, and other
findings in the data. It credits nothing and writes nothing.

With --out it also compares the input with the last published runs, as a run would. Only the gates that judge credit need a run.

Exit code 3 means that the input breaks its contract; what could be read is printed all the same. Exit code 4 means that control
totals do not match the input, and 8 that the input can be read but looks wrong.`,
		Example: "  tributary validate --input exports\n  tributary validate --config tributary.yaml --out results\n  tributary validate --config tributary.yaml --sample 5\n  tributary validate --config tributary.yaml --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			defer say.show.Close()
			if err := refuseEmpty(c, "config", "input", "out", "as-of", "temp-dir"); err != nil {
				return err
			}
			settings, ignored, err := findJob(file, input)
			if err != nil && failure.CodeOf(err) != failure.Contract {
				return err
			}
			v := job.NewValidation(ignored, err)
			if sample < 0 {
				return failure.Errorf(failure.Usage, "--sample: %d is not a number of rows", sample)
			}
			v.SampleRows = sample
			if settings, err = settings.With(o); err != nil {
				return err
			}
			if err := job.Validate(c.Context(), settings, c.Flags().Changed("as-of"), v, say.show, now); err != nil {
				return err
			}
			say.show.Close()
			if err := printValidation(v, c.OutOrStdout(), asJSON); err != nil {
				return err
			}
			if v.IsUnmatched {
				return failure.Errorf(failure.Check, "control totals do not match the input; a run would publish nothing\nhint: standard output lists them")
			}
			if v.IsRefused {
				return failure.Errorf(failure.Refused, "the input can be read, but looks wrong; a run would be refused\nhint: standard output says why")
			}
			if !v.OK {
				return failure.Errorf(failure.Contract, "the input breaks its contract; a run would be refused\nhint: standard output lists the problems")
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&file, "config", "", "configuration `FILE` (tributary.yaml)")
	f.StringVar(&input, "input", "", "`DIR` of the input files; with --config it replaces input.directory")
	f.StringVar(&o.Out, "out", "", "`DIR` of the published runs to compare the input with")
	f.StringVar(&o.AsOf, "as-of", "", "the `INSTANT` (or day) up to which conversions count; by default the newest of the data")
	f.IntVar(&o.Threads, "threads", 0, "`N` threads; by default one per core")
	f.StringVar(&o.MemoryLimit, "memory-limit", "", "memory limit of the engine, as `SIZE` (4GB); the process needs more, see docs/runbook.md")
	f.StringVar(&o.TempDir, "temp-dir", "", "`DIR` to spill into, under a private name; by default that of the system")
	f.IntVar(&sample, "sample", 0, "show the first `N` rows of each table as they were read; they may hold personal data")
	f.BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}
