package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tributary/internal/failure"
	"tributary/internal/runs"
)

func runsCommand() *cobra.Command {
	var out string
	var asJSON bool
	c := &cobra.Command{
		Use:   "runs",
		Short: "List the published runs",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return failure.Errorf(failure.Usage, "--out is missing: whose runs?")
			}
			list, err := runs.List(out)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), append([]runs.Summary{}, list...))
			}
			for _, s := range list {
				mark := " "
				if s.Current {
					mark = "*"
				}
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%s %s  %s\n", mark, s.ID, plain(summary(s))); err != nil {
					return writing(err)
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// summary is a run in one line: what it was made of.
func summary(s runs.Summary) string {
	if s.Damage != "" {
		return "damaged: " + s.Damage
	}
	rows := int64(0)
	for _, in := range s.Manifest.Inputs {
		rows += in.Loaded
	}
	return fmt.Sprintf("as of %s, %s, %d rows from %d files, %s", s.Manifest.AsOf, s.Manifest.ReportingCurrency, rows, len(s.Manifest.Inputs), s.Manifest.Program)
}

func verifyCommand() *cobra.Command {
	var out string
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify [RUN]",
		Short: "Check a published run against its manifest",
		Long:  "Checks every file of a published run, by default the current one, against the manifest: missing, changed, or not listed.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			directory, err := runDirectory(out, given)
			if err != nil {
				return err
			}
			problems, err := runs.Verify(directory)
			if err != nil {
				return err
			}
			if asJSON {
				if err := printJSON(c.OutOrStdout(), append([]runs.Problem{}, problems...)); err != nil {
					return err
				}
			}
			if len(problems) > 0 {
				for _, p := range problems {
					fmt.Fprintln(c.ErrOrStderr(), plain(p.String()))
				}
				return failure.Errorf(failure.Check, "%s: %d files are not as its manifest says", directory, len(problems))
			}
			if !asJSON {
				_, err = fmt.Fprintf(c.OutOrStdout(), "%s: every file is as its manifest says\n", directory)
			}
			return writing(err)
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// runDirectory is where a published run lies: the one named, else the current one.
func runDirectory(out string, given []string) (string, error) {
	if out == "" {
		return "", failure.Errorf(failure.Usage, "--out is missing: in which directory are the runs?")
	}
	if len(given) == 0 || given[0] == "" {
		return runs.Current(out)
	}
	return runs.Directory(out, given[0])
}
