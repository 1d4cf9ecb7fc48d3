package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/dossier"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/zone"

	"github.com/spf13/cobra"
)

// leadLines is how many lines a dossier or a list has without --all: one screen.
const leadLines = 40

// A leadView is what is asked of people, and how it is printed.
type leadView struct {
	out, run, format    string
	all                 bool
	stage, owner, since string
}

func leadCommand(now func() time.Time) *cobra.Command {
	v := leadView{}
	c := &cobra.Command{
		Use:   "lead [PERSON]",
		Short: "What sales should know of a person before a call, or of everyone delivered since a date",
		Long: `Prints what a published run knows of one person: who it is, where it stands in the funnel and since when, fit, interest and BANT,
every touchpoint and whether it was a response, who spoke with the person, what became of its deliveries to sales, its
opportunities, and the other people of the account with their touchpoints of the last 90 days. PERSON is the id of a lead or a
contact, a person id such as lead:ID, or an e-mail. The name or the id of an account lists its people to choose from.

Text and Markdown show the newest rows, ` + fmt.Sprint(leadLines) + ` lines in all; --all shows every row. JSON always has every row.

Without PERSON it is a batch: everyone who entered --stage since --since and belongs to --owner at as-of. Without --stage that is
the stage by which marketing hands leads over to sales. JSON has one dossier per line, for import into a CRM; text and Markdown
list one person per line. Output may hold personal data.`,
		Example: `  tributary lead 00Q21000001 --out results
  tributary lead ana@example.com --out results --format markdown
  tributary lead --stage mql --owner 'Ana Moreau' --since 2026-06-01 --out results --format json`,
		Args: func(_ *cobra.Command, given []string) error {
			if len(given) > 1 {
				return fmt.Errorf("lead takes one PERSON, but %d were given", len(given))
			}
			return nil
		},
		RunE: func(c *cobra.Command, given []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			isBatch := c.Flags().Changed("stage") || c.Flags().Changed("owner") || c.Flags().Changed("since")
			switch {
			case !slices.Contains([]string{"text", "json", "markdown"}, v.format):
				return failure.Errorf(failure.Usage, "--format: %q is not text, json or markdown", v.format)
			case len(given) == 1 && isBatch:
				return failure.Errorf(failure.Usage, "use either PERSON or --stage, --owner and --since, not both")
			case len(given) == 0 && !isBatch:
				return failure.Errorf(failure.Usage, "PERSON is missing\nhint: name a person, or a batch by --stage, --owner and --since; see `tributary lead --help`")
			}
			directory, err := runDirectory(v.out, []string{v.run})
			if err != nil {
				return err
			}
			reader, err := dossier.Open(c.Context(), directory)
			if err != nil {
				return err
			}
			defer reader.Close()
			if isBatch {
				return v.batch(c.Context(), reader, say, c.OutOrStdout())
			}
			return v.one(c.Context(), reader, given[0], say, c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.StringVar(&v.out, "out", "", "`DIR` in which runs are published")
	f.StringVar(&v.run, "run", "", "`RUN` to read; by default the current one")
	f.StringVar(&v.format, "format", "text", "`FORM`: text, json or markdown")
	f.BoolVar(&v.all, "all", false, "show every row")
	f.StringVar(&v.stage, "stage", "", "batch: who entered this `STAGE`; by default the one that hands leads over to sales")
	f.StringVar(&v.owner, "owner", "", "batch: who belongs to this `NAME`; \"(no owner)\" for nobody's")
	f.StringVar(&v.since, "since", "", "batch: who entered the stage on this `DATE` or later, in the reporting time zone")
	return c
}

// one prints the dossier of one person, or the people of an account to choose from.
func (v leadView) one(ctx context.Context, reader *dossier.Reader, given string, say *log, out io.Writer) error {
	found, err := reader.Find(ctx, given)
	if err != nil {
		return err
	}
	if found.Choice != nil {
		if v.format == "json" {
			return printJSON(out, found.Choice)
		}
		return v.printChoice(found.Choice, reader, out)
	}
	if found.Also != "" {
		say.warn("%s is both a person and an account; the person is shown, and account:%s lists the people of the account", given, found.Also)
	}
	d, err := reader.Person(ctx, found.PersonID)
	if err != nil {
		return err
	}
	if v.format == "json" {
		return printJSON(out, d)
	}
	return v.printDossier(d, reader, out)
}

// batch prints everyone who entered a stage: a dossier per line as JSON, else a list.
func (v leadView) batch(ctx context.Context, reader *dossier.Reader, say *log, out io.Writer) error {
	var since time.Time
	if v.since != "" {
		day, err := config.Date(v.since)
		if err != nil {
			return failure.Errorf(failure.Usage, "--since: %w", err)
		}
		since = zone.StartOfDay(day.Year(), day.Month(), day.Day(), reader.Zone)
	}
	b, err := reader.Batch(ctx, v.stage, v.owner, since)
	if err != nil {
		return err
	}
	if v.format != "json" {
		return v.printList(ctx, reader, b, out)
	}
	if len(b.Members) == 0 {
		say.warn("%s: nobody", v.asked(b))
	}
	w := bufio.NewWriter(out)
	err = reader.Persons(ctx, b.Persons(), func(place int, d *dossier.Dossier) error {
		d.Entered = &b.Members[place].Entered
		line, err := json.Marshal(d)
		if err != nil {
			return err
		}
		_, err = w.Write(append(line, '\n'))
		return writing(err)
	})
	if err != nil {
		return err
	}
	return writing(w.Flush())
}
