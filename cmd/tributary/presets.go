package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/ingest/presets"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

func presetsCommand(now func() time.Time) *cobra.Command {
	c := &cobra.Command{
		Use:   "presets [NAME]",
		Short: "List the layouts of exports that `init --from` recognises",
		Long: `Lists the layouts of exports that tributary init --from recognises. With the name of one: how to export it, the files that it
reads, what it decides, and which tables it fills.`,
		Example: "  tributary presets\n  tributary presets salesforce",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if _, err := newLog(c, now); err != nil {
				return err
			}
			all, err := presets.All()
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return writing(listPresets(c.OutOrStdout(), all))
			}
			at := slices.IndexFunc(all, func(p presets.Preset) bool { return p.Name == args[0] })
			if at < 0 {
				return failure.Errorf(failure.Usage, "there is no preset %q%s", args[0], words.DidYouMean(args[0], presets.Names()))
			}
			return writing(describePreset(c.OutOrStdout(), all[at]))
		},
	}
	return c
}

func listPresets(out io.Writer, all []presets.Preset) error {
	width := 0
	for _, p := range all {
		width = max(width, len(p.Name))
	}
	for _, p := range all {
		if _, err := fmt.Fprintf(out, "%-*s  %s\n", width, p.Name, p.Title); err != nil {
			return err
		}
	}
	return nil
}

func describePreset(out io.Writer, p presets.Preset) error {
	text := p.Title + "\n\n" + strings.TrimRight(p.Export, "\n") + "\n\nFiles, known by their headers:\n"
	for _, name := range slices.Sorted(maps.Keys(p.Relations)) {
		r := p.Relations[name]
		text += fmt.Sprintf("  %s: %s\n", r.Title, strings.Join(r.Headers, ", "))
		if len(r.Optional) > 0 {
			text += "    and, if it has them: " + strings.Join(r.Optional, ", ") + "\n"
		}
	}
	text += "\nTables:\n"
	for _, s := range p.Sources {
		var needs []string
		for _, name := range s.Needs {
			needs = append(needs, p.Relations[name].Title)
		}
		var one []string
		for _, name := range s.NeedsOne {
			one = append(one, p.Relations[name].Title)
		}
		if len(one) > 0 {
			needs = append(needs, strings.Join(one, " or "))
		}
		text += fmt.Sprintf("  %s, of %s\n", s.Table, strings.Join(needs, " and "))
		for _, decision := range s.Decisions {
			text += "    " + decision + "\n"
		}
	}
	_, err := io.WriteString(out, text)
	return err
}
