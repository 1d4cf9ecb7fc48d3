package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/words"
)

func runsCommand() *cobra.Command {
	var out string
	var asJSON bool
	c := &cobra.Command{
		Use:   "runs",
		Short: "List published and refused runs, and accepted findings",
		Long: `Lists the runs of an output directory, the oldest first: when each one ended, its as-of, its revenue and the share of it that the
primary model attributes, its warnings, and below the table a note about each run that was refused, is damaged, or has accepted findings. A star
marks the current run.`,
		Example: "  tributary runs --out results\n  tributary runs --out results --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return noOutput()
			}
			list, err := everyRun(out)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), list)
			}
			if len(list) == 0 {
				_, err := fmt.Fprintf(c.ErrOrStderr(), "%s: %v\nhint: run `tributary run --out %s` first\n", out, runs.ErrNone, out)
				return writing(err)
			}
			_, err = io.WriteString(c.OutOrStdout(), runsText(list, pageWidth(c.OutOrStdout())))
			return writing(err)
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// runsText is the list for a person: a table of the runs, and below it their notes.
func runsText(list []listed, width int) string {
	t := fittedTable{columns: []present.Column{keyColumn(""), keyColumn("run"), textColumn("ended (UTC)"), textColumn("as of (UTC)"),
		numberColumn("revenue"), numberColumn("attributed"), numberColumn("warn. new / known")}}
	notes := ""
	for _, s := range list {
		mark := ""
		if s.Current {
			mark = "*"
		}
		t.add(mark, s.ID, s.Ended.UTC().Format("2006-01-02 15:04"), present.Value(present.Moment, s.AsOf, 0), s.revenue(), s.attributed(), s.warnings())
		if s.Note != "" {
			notes += paragraph(s.ID+": "+plain(s.Note), width)
		}
	}
	text, left := t.draw(width)
	if notes != "" {
		text += "\n" + notes
	}
	if len(left) > 0 {
		text += "\n" + paragraph("Not shown for lack of room: "+strings.Join(left, ", ")+" (--json has everything).", width)
	}
	return text
}

// A listed run is what `runs` prints about one run.
type listed struct {
	runs.Summary    `json:"-"`
	Run             string      `json:"run"`
	IsCurrent       bool        `json:"is_current"`
	IsRefused       bool        `json:"is_refused"`
	EndedAt         time.Time   `json:"ended_at"`
	AsOf            string      `json:"as_of,omitempty"`
	Currency        string      `json:"currency,omitempty"`
	Revenue         json.Number `json:"revenue,omitempty"`          // left out where there is none
	AttributedShare json.Number `json:"attributed_share,omitempty"` // of the revenue under the primary model
	NewWarnings     int         `json:"new_warnings"`
	KnownWarnings   int         `json:"known_warnings"`
	Note            string      `json:"note,omitempty"` // refused, accepted or damaged, and why
}

// everyRun lists the published runs and the refused ones that are kept, in the order of their ids.
func everyRun(out string) ([]listed, error) {
	good, err := runs.List(out)
	if err != nil {
		return nil, err
	}
	kept, err := runs.ListRefused(out)
	if err != nil {
		return nil, err
	}
	all := []listed{}
	for _, s := range append(good, kept...) {
		all = append(all, listedOf(s))
	}
	slices.SortFunc(all, func(a, b listed) int { return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID)) })
	return all, nil
}

func listedOf(s runs.Summary) listed {
	l := listed{Summary: s, Run: s.ID, IsCurrent: s.Current, IsRefused: s.Refused, EndedAt: s.Ended.UTC()}
	if s.Damage != "" {
		l.Note = "damaged: " + s.Damage
		return l
	}
	l.AsOf, l.Currency = s.Manifest.AsOf, s.Manifest.ReportingCurrency
	if settings, err := published.Settings(s.Path); err == nil {
		l.Revenue, l.AttributedShare = job.Headline(s.Manifest, settings.PrimaryModel)
	}
	if records, err := findings.Read(s.Path); err == nil {
		for _, r := range records.Findings {
			switch {
			case r.Severity != "warn":
			case r.KnownSince == s.ID:
				l.NewWarnings++
			default:
				l.KnownWarnings++
			}
		}
	}
	var notes []string
	if s.Refused {
		notes = append(notes, "refused: "+strings.Join(s.Manifest.Refused, ", "))
	}
	for _, a := range s.Manifest.Accepted {
		notes = append(notes, "accepted "+a.Code+" of "+a.Table+": "+a.Reason)
	}
	if len(s.Manifest.Overrides) > 0 {
		notes = append(notes, "run with --"+strings.Join(s.Manifest.Overrides, ", --"))
	}
	l.Note = strings.Join(notes, "; ")
	return l
}

// revenue is "-" for a run without one: a damaged run, or one that was refused before it credited
// anything.
func (l listed) revenue() string {
	if l.Revenue == "" {
		return "-"
	}
	return words.Decimal(string(l.Revenue)) + " " + l.Currency
}

func (l listed) attributed() string {
	if l.AttributedShare == "" {
		return "-"
	}
	return inPercent(string(l.AttributedShare))
}

func (l listed) warnings() string {
	if l.Damage != "" {
		return "-"
	}
	return words.Number(l.NewWarnings) + "/" + words.Number(l.KnownWarnings)
}

func verifyCommand() *cobra.Command {
	var out string
	var asJSON bool
	c := &cobra.Command{
		Use:     "verify [RUN]",
		Short:   "Check a published run against its manifest",
		Long:    "Compares every file of a published run, by default the current one, with the manifest, and lists files that are missing, changed,\nor not in the manifest. RUN is the number of a run, with or without its zeros, or previous.",
		Example: "  tributary verify --out results\n  tributary verify 12 --out results\n  tributary verify previous --out results",
		Args:    cobra.MaximumNArgs(1),
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
				return failure.Errorf(failure.Check, "%s: %s not match the manifest\nhint: do not use the figures of this run; run again, or restore the files from a backup", directory, words.Count(len(problems), "file")+words.Choose(len(problems), " does", " do"))
			}
			if !asJSON {
				_, err = fmt.Fprintf(c.OutOrStdout(), "%s: every file matches its manifest\n", directory)
			}
			return writing(err)
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// previousRun names the published run before the current one.
const previousRun = "previous"

// runDirectory is where a published run lies: the one named, else the current one.
func runDirectory(out string, given []string) (string, error) {
	if out == "" {
		return "", noOutput()
	}
	if len(given) == 0 || given[0] == "" {
		return runs.Current(out)
	}
	if given[0] == previousRun {
		directory, err := runs.Current(out)
		if err != nil {
			return "", err
		}
		before, err := runBefore(out, filepath.Base(directory))
		if err != nil {
			return "", err
		}
		return runs.Directory(out, before)
	}
	return runs.Directory(out, given[0])
}
