package main

import (
	"time"

	"github.com/spf13/cobra"

	"tributary/internal/config"
	"tributary/internal/failure"
	"tributary/internal/job"
)

func validateCommand(now func() time.Time) *cobra.Command {
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
			if v.IsUntied {
				return failure.Errorf(failure.Check, "control totals do not tie to the input; a run would publish nothing (standard output lists them)")
			}
			if v.IsRefused {
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
