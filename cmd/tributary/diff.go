package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/difference"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/replay"
	"github.com/tributary-engine/tributary/internal/runs"
)

func diffCommand(now func() time.Time) *cobra.Command {
	var out, model, format string
	var limit int
	var asJSON bool
	var limits config.Overrides
	c := &cobra.Command{
		Use:   "diff [RUN] [RUN]",
		Short: "What changed between two runs, and why: by cause, channel and opportunity",
		Long: `Compares two published runs, by default the current one with the run before it; with one RUN, that run with the one before it. The
difference is split by cause. Each cause is applied to what the one before left, in this order: program version, configuration,
as-of, exchange rates, mapping (channels, campaigns, types), new rows, gone rows, identity (who belongs to whom), amounts, stages,
dates. The parts add up to the whole exactly, for every opportunity. The command computes the credit again after each cause, from
the tables of the two runs; exit code 10 says that there are differences.`,
		Example: "  tributary diff --out results\n  tributary diff 000001 000002 --out results --model linear\n  tributary diff --out results --format csv",
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) > 2 {
				return fmt.Errorf("diff takes at most two runs, but %d were given", len(given))
			}
			return nil
		},
		RunE: func(c *cobra.Command, given []string) error {
			if format != "table" && format != "csv" {
				return failure.Errorf(failure.Usage, "--format: %q is not one of table, csv", format)
			}
			from, to, err := twoRuns(out, given)
			if err != nil {
				return err
			}
			if model == "" {
				model = to.Job.PrimaryModel
			}
			if to.Job, err = to.Job.With(limits); err != nil {
				return err
			}
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			defer say.show.Close()
			compared, err := difference.Compare(c.Context(), from, to, model, say.show)
			if err != nil {
				return err
			}
			defer compared.Close()
			if format == "csv" {
				if err := compared.WriteCSV(c.Context(), c.OutOrStdout()); err != nil {
					return err
				}
				return differs(compared.IsEmpty(c.Context()))
			}
			summary, err := compared.Summary(c.Context(), limit)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), summary)
			} else {
				err = printDifference(summary, c.OutOrStdout())
			}
			if err != nil {
				return err
			}
			return differs(summary.IsEmpty(), nil)
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().StringVar(&model, "model", "", "attribution `MODEL`; by default the primary model of the later run")
	c.Flags().IntVar(&limit, "limit", 10, "show the `NUMBER` of opportunities that changed most")
	c.Flags().StringVar(&format, "format", "table", "`FORM`: table, or csv: every change, one row per cause, conversion, channel and campaign")
	c.Flags().IntVar(&limits.Threads, "threads", 0, "`N` threads; by default one per core")
	c.Flags().StringVar(&limits.MemoryLimit, "memory-limit", "", "memory limit of each engine, as `SIZE` (4GB)")
	c.Flags().StringVar(&limits.TempDir, "temp-dir", "", "`DIR` to spill into; by default that of the system")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// differs ends with the exit code of differences, if there are any.
func differs(isEmpty bool, err error) error {
	if err != nil || isEmpty {
		return err
	}
	return failure.Errorf(failure.Differences, "")
}

// twoRuns are the runs that the arguments name: the earlier one first, as they are given.
func twoRuns(out string, given []string) (from, to replay.Run, err error) {
	directory, err := runDirectory(out, given[max(0, len(given)-1):])
	if err != nil {
		return from, to, err
	}
	if to, err = replay.Open(directory); err != nil {
		return from, to, err
	}
	before := ""
	if len(given) == 2 {
		before = given[0]
	} else if before, err = runBefore(out, to.ID); err != nil {
		return from, to, err
	}
	if directory, err = runDirectory(out, []string{before}); err != nil {
		return from, to, err
	}
	from, err = replay.Open(directory)
	return from, to, err
}

// runBefore is the last undamaged published run before one.
func runBefore(out, id string) (string, error) {
	list, err := runs.List(out)
	if err != nil {
		return "", err
	}
	before := ""
	for _, run := range list {
		if len(run.ID) > len(id) || len(run.ID) == len(id) && run.ID >= id { // a refused run is not in the list
			break
		}
		if run.Damage == "" {
			before = run.ID
		}
	}
	if before == "" {
		return "", failure.Errorf(failure.Usage, "there is no published run before %s in %s\nhint: list the runs with `tributary runs --out %s`", id, out, out)
	}
	return before, nil
}
