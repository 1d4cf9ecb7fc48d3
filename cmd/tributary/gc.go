package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/words"
)

func gcCommand() *cobra.Command {
	var out string
	var keep int
	var isDry, asJSON bool
	c := &cobra.Command{
		Use:   "gc",
		Short: "Delete old runs",
		Long: `Deletes published runs, but for the newest ones, and refused runs that are older than these. It lists what it deletes and the bytes
that this frees before it deletes anything. It never deletes the current run, the runs with which the next run is compared (up to
ten), or the figures of a closed period: the last run before closed_through was changed, and the first run after that.`,
		Example: "  tributary gc --out results --dry-run\n  tributary gc --out results --keep 60",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return noOutput()
			}
			tell := func(r job.Retention) error {
				if asJSON {
					return printJSON(c.OutOrStdout(), struct {
						job.Retention
						IsDry bool `json:"dry_run"`
					}{r, isDry})
				}
				_, err := fmt.Fprint(c.OutOrStdout(), plain(retentionText(r, isDry)))
				return writing(err)
			}
			if isDry {
				r, err := job.Retain(out, keep)
				if err != nil {
					return err
				}
				return tell(r)
			}
			return job.Collect(c.Context(), out, keep, tell)
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().IntVar(&keep, "keep", 30, "keep the newest `N` published runs")
	c.Flags().BoolVar(&isDry, "dry-run", false, "list what would be deleted, and delete nothing")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// retentionText says what goes, and which older runs stay and why.
func retentionText(r job.Retention, isDry bool) string {
	var text strings.Builder
	if len(r.Deleted) > 0 {
		t := newTable("")
		t.AppendHeader(table.Row{"run", "as of", "size", "note"})
		toTheRight(t, 3)
		for _, run := range r.Deleted {
			t.AppendRow(table.Row{run.Run, run.AsOf, progress.Size(run.Bytes), noteOf(run)})
		}
		fmt.Fprintln(&text, t.Render())
	}
	var stays [][]string
	for _, run := range r.Kept {
		if !run.Refused && !slices.Contains(run.Reasons, job.AmongNewest) {
			stays = append(stays, []string{run.Run, strings.Join(run.Reasons, "; ")})
		}
	}
	if len(stays) > 0 {
		fmt.Fprintln(&text, "Older runs that are kept:")
		for _, line := range stays {
			fmt.Fprintf(&text, "  %s  %s\n", line[0], line[1])
		}
	}
	published, refused := 0, 0
	for _, run := range r.Deleted {
		if run.Refused {
			refused++
		} else {
			published++
		}
	}
	kept := words.Count(len(r.Kept), "run") + words.Choose(len(r.Kept), " is", " are") + " kept"
	if len(r.Deleted) == 0 {
		fmt.Fprintln(&text, "nothing to delete: "+kept)
		return text.String()
	}
	verb, gone := "deleting ", []string{}
	if isDry {
		verb = "would delete "
	}
	if published > 0 {
		gone = append(gone, words.Count(published, "published run"))
	}
	if refused > 0 {
		gone = append(gone, words.Count(refused, "refused run"))
	}
	fmt.Fprintf(&text, "%s%s: this frees %s; %s\n", verb, strings.Join(gone, " and "), progress.Size(r.Bytes), kept)
	return text.String()
}

func noteOf(run job.Retained) string {
	var notes []string
	if run.Refused {
		notes = append(notes, "refused")
	}
	if run.Damage != "" {
		notes = append(notes, "damaged: "+run.Damage)
	}
	return strings.Join(notes, "; ")
}
