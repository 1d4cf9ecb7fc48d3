package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/version"
)

// demoDirectory is where the made-up company goes unless DIR is given.
const demoDirectory = "tributary-demo"

// A demoAnswer is a question that the demo answers, and the command that prints the answer.
type demoAnswer struct {
	question string
	command  []string
}

var demoAnswers = []demoAnswer{
	{"Which channels earn the revenue, and at what cost?", []string{"report", "channel_performance", "--sort", "-revenue"}},
	{"How many people and opportunities move on in the funnel, and how fast?", []string{"report", "funnel"}},
	{"What should be fixed in the data first?", []string{"report", "findings", "--where", "severity=warn", "--columns", "table,rows,message"}},
}

func demoCommand(now func() time.Time, documents []job.Document) *cobra.Command {
	var isOpened bool
	c := &cobra.Command{
		Use:   "demo [DIR]",
		Short: "Make a small made-up company, run it, and print three answers",
		Long: `Makes a small made-up company in DIR (by default ` + demoDirectory + `), as init does, runs it into DIR/out, and prints three answers with the
commands that print them: which channels earn the revenue, how the funnel converts, and what to fix in the data. A second demo in the
same directory uses the company and the run that are there.`,
		Example: "  tributary demo\n  tributary demo /tmp/company\n  tributary demo --open",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, given []string) error {
			say, err := newLog(c, now)
			if err != nil {
				return err
			}
			directory := demoDirectory
			if len(given) == 1 {
				directory = given[0]
			}
			if directory == "" {
				return failure.Errorf(failure.Usage, "DIR is empty\nhint: leave it out, or name a directory")
			}
			file, out := filepath.Join(directory, "tributary.yaml"), filepath.Join(directory, "out")
			if err := demoCompany(c.Context(), file, filepath.Join(directory, "data")); err != nil {
				return err
			}
			if !isDemoRun(out) {
				say.say("running a made-up company in %s", directory)
				if err := alsoRun(c, now, documents, "run", "--config", file, "--out", out); err != nil {
					return err
				}
			}
			for _, answer := range demoAnswers {
				command := append(append([]string{}, answer.command...), "--out", out)
				if _, err := fmt.Fprintf(c.OutOrStdout(), "%s\n$ %s\n", answer.question, shellLine(command)); err != nil {
					return writing(err)
				}
				if err := alsoRun(c, now, nil, command...); err != nil {
					return err
				}
				if _, err := fmt.Fprintln(c.OutOrStdout()); err != nil {
					return writing(err)
				}
			}
			page, err := filepath.Abs(filepath.Join(out, "current", "report.html"))
			if err != nil {
				return failure.Errorf(failure.IO, "finding the page: %w", err)
			}
			_, err = os.Stat(page)
			hasPage := err == nil
			if _, err := fmt.Fprint(c.OutOrStdout(), nextSteps(page, hasPage, out)); err != nil {
				return writing(err)
			}
			if isOpened {
				return openDemoPage(c, say, page, hasPage)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&isOpened, "open", false, "open the page of the run in the browser, if there is a desktop")
	return c
}

// demoCompany makes the made-up company, unless it is there as this version makes it.
func demoCompany(ctx context.Context, file, data string) error {
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return begin(ctx, file, data)
	case err != nil:
		return failure.Errorf(failure.IO, "reading %s: %w", file, err)
	case string(text) != firstConfiguration():
		return failure.Errorf(failure.Usage, "%s is not the configuration of this version's demo and was not changed\n"+
			"hint: run it with `tributary run --config %s`, or give the demo another directory", file, shellWord(file))
	}
	return nil
}

// isDemoRun reports whether there is a published run of this version.
func isDemoRun(out string) bool {
	directory, err := runs.Current(out)
	if err != nil {
		return false
	}
	manifest, err := runs.ReadManifest(directory)
	return err == nil && manifest.Program == "tributary "+version.Program
}

// alsoRun runs another command of the program within one, with its streams and its global flags.
func alsoRun(c *cobra.Command, now func() time.Time, documents []job.Document, args ...string) error {
	for _, name := range []string{"quiet", "log-format"} {
		args = append(args, "--"+name+"="+c.Flag(name).Value.String())
	}
	inner := command(now, documents)
	inner.SetArgs(args)
	inner.SetOut(c.OutOrStdout())
	inner.SetErr(c.ErrOrStderr())
	return inner.ExecuteContext(c.Context())
}

// shellLine is a command as a shell reads it.
func shellLine(args []string) string {
	words := []string{"tributary"}
	for _, arg := range args {
		words = append(words, shellWord(arg))
	}
	return strings.Join(words, " ")
}

// nextSteps says where the page is and what to try next.
func nextSteps(page string, hasPage bool, out string) string {
	text := ""
	if hasPage {
		text = "The same as one page, for the browser (--open opens it):\n  " + plain(page) + "\n\n"
	}
	at := " --out " + shellWord(out)
	return text + `Next, on this company:
  tributary report` + strings.Repeat(" ", 41) + `# the list of reports
  tributary explain ` + firstDeal + at + `
  tributary compare channel` + at + `
  tributary what-if --set journey.lookback_days=180` + at + `

Then, on your own exports:
  tributary presets` + strings.Repeat(" ", 40) + `# the layouts that are recognised, and how to export them
  tributary init attribution --from EXPORTS
  tributary validate --config attribution/tributary.yaml
  tributary run --config attribution/tributary.yaml --out attribution/out
`
}

// openDemoPage shows the page, or says why not.
func openDemoPage(c *cobra.Command, say *log, page string, hasPage bool) error {
	if !hasPage {
		say.warn("the run has no page to open")
		return nil
	}
	if reason := whyNoBrowser(c.OutOrStdout()); reason != "" {
		say.warn("the page was not opened: %s", reason)
		return nil
	}
	return showInBrowser(c.Context(), page)
}
