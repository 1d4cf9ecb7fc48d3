package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/difference"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/replay"
	"github.com/tributary-engine/tributary/internal/words"
)

func whatIfCommand(now func() time.Time) *cobra.Command {
	var out, id, model, file string
	var sets []string
	var limit int
	var asJSON bool
	var limits config.Overrides
	c := &cobra.Command{
		Use:   "what-if",
		Short: "What another rule would do to the figures of a run, before anyone changes the configuration",
		Long: `Credits the rows of a published run under another configuration, and compares: revenue and pipeline by channel and campaign with
their ranks, the share that is credited to touchpoints, and the opportunities that change most. Nothing is published. --set changes
one key and can be repeated; --config takes all settings of another configuration, but reads none of its files. What decides how files
are read (tables, input) cannot be tried: run into another directory, and use diff.`,
		Example: "  tributary what-if --set journey.lookback_days=180 --out results\n  tributary what-if --set buying_group=account --set journey.direct=exclude --out results\n  tributary what-if --config draft.yaml --out results --model linear",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			defer say.show.Close()
			directory, err := runDirectory(out, []string{id})
			if err != nil {
				return err
			}
			run, err := replay.Open(directory)
			if err != nil {
				return err
			}
			other, err := otherRule(run.Job, file, sets)
			if err != nil {
				return err
			}
			if model == "" {
				model = run.Job.PrimaryModel
			}
			if run.Job, err = run.Job.With(limits); err != nil {
				return err
			}
			compared, err := difference.WhatIf(c.Context(), run, other, model, say.show)
			if err != nil {
				return err
			}
			defer compared.Close()
			summary, err := compared.Summary(c.Context(), limit)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), summary)
			}
			return printWhatIf(summary, c.OutOrStdout())
		},
	}
	c.Flags().StringVar(&out, "out", "", "`DIR` in which runs are published")
	c.Flags().StringVar(&id, "run", "", "`RUN` whose rows are credited; by default the current one")
	c.Flags().StringArrayVar(&sets, "set", nil, "`KEY=VALUE` of the configuration; repeatable")
	c.Flags().StringVar(&file, "config", "", "take all settings of the configuration `FILE`")
	c.Flags().StringVar(&model, "model", "", "attribution `MODEL`; by default the primary model of the run")
	c.Flags().IntVar(&limit, "limit", 10, "show the `NUMBER` of opportunities that change most")
	c.Flags().IntVar(&limits.Threads, "threads", 0, "`N` threads; by default one per core")
	c.Flags().StringVar(&limits.MemoryLimit, "memory-limit", "", "memory limit of each engine, as `SIZE` (4GB)")
	c.Flags().StringVar(&limits.TempDir, "temp-dir", "", "`DIR` to spill into; by default that of the system")
	c.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return c
}

// readingKeys are the keys that decide how files are read.
var readingKeys = []string{"tables", "input", "quarantine", "control_totals", "gates", "freshness", "closed_through", "output", "reporting.currency"}

// isReadingKey reports whether a key decides how files are read or judged.
func isReadingKey(key string) bool {
	return slices.ContainsFunc(readingKeys, func(reading string) bool { return key == reading || strings.HasPrefix(key, reading+".") })
}

// isModelKey reports whether a key decides which models are shown.
func isModelKey(key string) bool { return key == "primary_model" || key == "models" }

// otherRule is the configuration to try.
func otherRule(job config.Job, file string, sets []string) (config.Job, error) {
	if file == "" && len(sets) == 0 {
		return job, failure.Errorf(failure.Usage, "--set or --config is missing\nhint: give the rule to try, such as --set journey.lookback_days=180")
	}
	if file != "" {
		other, err := config.LoadSettings(file)
		if err != nil {
			return job, err
		}
		other.AsOf, other.Tables, other.Reporting.Currency = job.AsOf, job.Tables, job.Reporting.Currency
		job = other
	}
	for _, set := range sets {
		key, _, _ := strings.Cut(set, "=")
		if isReadingKey(strings.TrimSpace(key)) {
			return job, failure.Errorf(failure.Usage, "--set %s: this setting decides how files are read or checked, but what-if reads no files\nhint: run with the other configuration into another --out, and compare with `tributary diff`", key)
		}
	}
	for _, set := range sets {
		if key, value, _ := strings.Cut(set, "="); isModelKey(strings.TrimSpace(key)) {
			return job, failure.Errorf(failure.Usage, "--set %s: this setting decides which models are shown, not their credit\nhint: give --model %s, or see `tributary compare`", key, strings.TrimSpace(value))
		}
	}
	if len(sets) == 0 {
		return job, nil
	}
	return job.Assign(sets)
}

// printWhatIf prints what another rule would do.
func printWhatIf(s difference.Summary, out io.Writer) error {
	page := &strings.Builder{}
	fmt.Fprintf(page, "Run %s (as of %s) under another rule, model %s, amounts in %s\n", s.From.Run, moment(s.From.AsOf), present.Label(s.Model), s.Currency)
	for _, c := range s.Causes {
		if c.Cause == difference.AsOf.String() {
			fmt.Fprintf(page, "  as_of: %s\n", arrow(moment(s.From.AsOf), moment(s.To.AsOf)))
		}
		for _, set := range c.Settings {
			fmt.Fprintf(page, "  %s: %s\n", plain(set.Key), plain(arrow(set.Before, set.After)))
		}
	}
	if s.IsEmpty() {
		page.WriteString("No figure would change.\n")
		_, err := io.WriteString(out, page.String())
		return writing(err)
	}
	page.WriteString(coverageText(s))
	for _, opportunityType := range typesOf(s) {
		page.WriteString(bridgeText(s, opportunityType, "now", "would be"))
	}
	page.WriteString(rankedText("Channels, new business", s.Channels))
	page.WriteString(rankedText("Campaigns, new business", s.Campaigns))
	page.WriteString(movedOpportunities(s))
	_, err := io.WriteString(out, page.String())
	return writing(err)
}

// coverageText says which share of revenue and pipeline is credited to touchpoints, by the rule of
// the run and by the other.
func coverageText(s difference.Summary) string {
	text := &strings.Builder{}
	for _, figure := range []string{"revenue", "pipeline"} {
		before, after, found := s.Coverage(figure)
		if !found {
			continue
		}
		fmt.Fprintf(text, "%s %% of new-business %s is credited to touchpoints; it would be %s %%.\n", before, figure, after)
	}
	return text.String()
}

// rankedText is the credit of channels or campaigns that would change most, with their ranks.
func rankedText(title string, places []difference.Channel) string {
	if len(places) == 0 {
		return ""
	}
	t := newTable(title)
	t.AppendHeader(table.Row{"", "credit of", "now", "would be", "change", "rank now", "rank then"})
	toTheRight(t, 3, 4, 5, 6, 7)
	perType := map[string]int{}
	left := 0
	for _, p := range places {
		if perType[p.ConversionType]++; perType[p.ConversionType] > mostPlaces {
			left++
			continue
		}
		t.AppendRow(table.Row{placeName(p), present.Word("", "conversion_type", p.ConversionType), shortened(string(p.Before)), shortened(string(p.After)), signed(p.Change), rank(p.Ranks[0]), rank(p.Ranks[1])})
	}
	text := t.Render() + "\n"
	if left > 0 {
		text += fmt.Sprintf("%s not shown; --json has all\n", words.Count(left, "row"))
	}
	return text
}

// movedOpportunities lists the opportunities whose credit would move most.
func movedOpportunities(s difference.Summary) string {
	if len(s.Opportunities) == 0 {
		return ""
	}
	t := newTable("Opportunities whose credit would move most")
	t.AppendHeader(table.Row{"opportunity", "name", "revenue", "pipeline", "credit moved"})
	toTheRight(t, 3, 4, 5)
	for _, o := range s.Opportunities {
		t.AppendRow(table.Row{plain(o.OpportunityID), oneLine(o.Name), fromTo(o.Revenue), fromTo(o.Pipeline), shortened(string(o.Moved))})
	}
	text := t.Render() + "\n"
	if s.More > 0 {
		text += fmt.Sprintf("%s would change too; raise --limit\n", words.Count(s.More, "more opportunity"))
	}
	return text
}

func rank(place *int64) string {
	if place == nil {
		return ""
	}
	return fmt.Sprint(*place)
}

// placeName is a channel, or a campaign with its name, where it has one.
func placeName(p difference.Channel) string {
	if p.Label != "" {
		return oneLine(p.Label + " (" + p.Name + ")")
	}
	return oneLine(p.Name)
}
