package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/page"
	"github.com/tributary-engine/tributary/internal/version"
	"github.com/tributary-engine/tributary/internal/workbook"
)

// Main runs the program and returns its exit code: see internal/failure.
func Main(args []string, stdout, stderr io.Writer) int {
	return mainBy(time.Now, documents, args, stdout, stderr)
}

// documents are the files for people that every run publishes beside its reports.
var documents = []job.Document{page.Write, workbook.Write}

// mainBy is Main by a clock, which tells nothing but progress, and with these documents in a run:
// tests of other subjects leave them out.
func mainBy(now func() time.Time, documents []job.Document, args []string, stdout, stderr io.Writer) int {
	ctx, stop := untilSignal(context.Background())
	defer stop()
	root := command(now, documents)
	root.SetArgs(args)
	root.SetOut(safeForTerminal(stdout))
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx) // whatever the signal made fail, it was the signal
	}
	code := failure.CodeOf(err)
	if err.Error() == "" { // what it found is its output
		return int(code)
	}
	if format, flagErr := root.PersistentFlags().GetString("log-format"); flagErr == nil && format == "json" {
		message, hint := failure.Split(err.Error())
		slog.New(slog.NewJSONHandler(stderr, nil)).Error(message, "event", "failed", "exit_code", int(code), "hint", hint)
	} else {
		fmt.Fprintln(stderr, plain(failure.Print(err)))
	}
	return int(code)
}

// command is the whole command line, one file per subcommand.
func command(now func() time.Time, documents []job.Document) *cobra.Command {
	root := &cobra.Command{
		Use:   "tributary",
		Short: "Exact, explainable multi-touch attribution for B2B",
		Long: `Exact, explainable multi-touch attribution for B2B.

New here? "tributary demo" makes a small made-up company, attributes its revenue and prints three answers. For your own exports:
"tributary init --from EXPORTS" writes a configuration, "tributary validate" checks it, "tributary run" publishes the reports.`,
		Example:       "  tributary demo\n  tributary run --config tributary.yaml --out results\n  tributary report channel_performance --out results",
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version.Program,
	}
	root.SetVersionTemplate("tributary {{.Version}}\n")
	root.PersistentFlags().Bool("quiet", false, "print errors only")
	root.PersistentFlags().String("log-format", "text", "`FORMAT` of messages on stderr: text or json")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if _, err := newLog(c, now); err != nil {
			return err
		}
		return resolveOutput(c)
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		validateCommand(now),
		runCommand(now, documents),
		reportCommand(),
		pageCommand(), workbookCommand(),
		queryCommand(), openCommand(), mcpCommand(),
		explainCommand(now),
		leadCommand(now),
		diffCommand(now),
		whatIfCommand(now),
		planCommand(),
		compareCommand(),
		demoCommand(now, documents), initCommand(now), presetsCommand(now),
		generateCommand(now),
		modelsCommand(),
		tablesCommand(),
		runsCommand(),
		verifyCommand(),
		gcCommand(),
		versionCommand(),
		schemaCommand(),
		doctorCommand(now),
		manCommand(),
	)
	for _, c := range root.Commands() {
		args := c.Args
		c.Args = func(c *cobra.Command, given []string) error {
			return argumentError(c, given, args(c, given))
		}
	}
	describeOutput(root)
	arrange(root)
	complete(root)
	root.RunE = func(c *cobra.Command, given []string) error {
		if len(given) > 0 {
			return noCommand(root, given[0])
		}
		return c.Help()
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

// untilSignal gives a context that SIGINT or SIGTERM ends; a second signal ends the process at
// once.
func untilSignal(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			code := failure.Interrupted
			if s == syscall.SIGTERM {
				code = failure.Terminated
			}
			cancel(failure.Errorf(code, "stopped by a signal (%s); nothing was published", s))
			signal.Stop(signals)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// plain makes text safe for a terminal: control characters other than line ends and tabs are shown,
// not obeyed.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || (r >= 0x7f && r < 0xa0) {
			return '\uFFFD'
		}
		return r
	}, text)
}

// writing gives an error of standard output its code.
func writing(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	return failure.Writing("writing to standard output: %w", err)
}
