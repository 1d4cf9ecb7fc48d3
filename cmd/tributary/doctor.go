package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/doctor"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

func doctorCommand(now func() time.Time) *cobra.Command {
	var p doctor.Place
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check the machine, the configuration, the output directory and the last run",
		Long: `Checks what a run needs and what it left: versions, memory, threads and disks; whether the configuration is valid and finds its files;
whether the output directory is writable and free; leftovers of runs that were killed; how old the last run and its figures are, its
new warnings, and the runs that were refused since; inputs that no longer change, and exchange rates that end. Each line is OK, a
warning or a problem, with a remedy. It changes nothing. The exit code is 0 unless there is a problem, and then 4.

Without --config it reads tributary.yaml of the working directory, if there is one.`,
		Example: "  tributary doctor\n  tributary doctor --out results\n  tributary doctor --config tributary.yaml --out results --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if p.Config, err = configurationOf(c); err != nil {
				return failure.Errorf(failure.IO, "finding the configuration: %w", err)
			}
			if p.MaxAge < 0 {
				return failure.Errorf(failure.Usage, "--max-age: %d is not a number of days", p.MaxAge)
			}
			p.TempDir, p.Now = os.TempDir(), now()
			checks, err := doctor.Examine(c.Context(), p)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), checks)
			} else {
				_, err = fmt.Fprint(c.OutOrStdout(), plain(checksText(checks)))
			}
			if err != nil {
				return writing(err)
			}
			problems := 0
			for _, check := range checks {
				if check.Status == doctor.Problem {
					problems++
				}
			}
			if problems > 0 {
				return failure.Errorf(failure.Check, "%s found\nhint: standard output lists %s with %s", words.Count(problems, "problem"),
					words.Choose(problems, "it", "them"), words.Choose(problems, "its remedy", "their remedies"))
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&p.Out, "out", "", "`DIR` in which runs are published")
	f.String("config", "", "configuration `FILE`; by default tributary.yaml of the working directory")
	f.IntVar(&p.MaxAge, "max-age", 7, "warn if the figures of the last run are older than `DAYS`")
	f.BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// checksText is one line for each check, with its remedy below it.
func checksText(checks []doctor.Check) string {
	names := map[doctor.Status]string{doctor.OK: "OK", doctor.Warning: "warning", doctor.Problem: "problem"}
	width := 0
	for _, check := range checks {
		width = max(width, len(check.Topic))
	}
	text := &strings.Builder{}
	for _, check := range checks {
		fmt.Fprintf(text, "%-7s  %-*s  %s\n", names[check.Status], width, check.Topic, check.Message)
		if check.Remedy != "" {
			fmt.Fprintf(text, "%-7s  %-*s  hint: %s\n", "", width, "", check.Remedy)
		}
	}
	return text.String()
}
