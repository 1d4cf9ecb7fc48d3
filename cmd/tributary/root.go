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
	"github.com/tributary-engine/tributary/internal/words"
)

// Main runs the program and returns its exit code: see internal/failure.
func Main(args []string, stdout, stderr io.Writer) int {
	return mainBy(time.Now, args, stdout, stderr)
}

// mainBy is Main by a clock, which tells nothing but progress.
func mainBy(now func() time.Time, args []string, stdout, stderr io.Writer) int {
	ctx, stop := untilSignal(context.Background())
	defer stop()
	root := command(now)
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
func command(now func() time.Time) *cobra.Command {
	root := &cobra.Command{
		Use:           "tributary",
		Short:         "Exact, explainable multi-touch attribution for B2B",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().Bool("quiet", false, "print errors only")
	root.PersistentFlags().String("log-format", "text", "format of messages on stderr: text or json")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		_, err := newLog(c, now)
		return err
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if c == root && c.Flags().NArg() > 0 { // a flag of a command that there is not
			return noCommand(root, c.Flags().Arg(0))
		}
		if c == root {
			return failure.Errorf(failure.Usage, "%w before the command: write the flags of a command after it\nhint: see `tributary --help`", err)
		}
		return failure.Errorf(failure.Usage, "%w\nhint: see `%s --help`", err, c.CommandPath())
	})
	root.AddCommand(
		validateCommand(now),
		runCommand(now),
		reportCommand(), pageCommand(),
		explainCommand(now),
		leadCommand(now),
		diffCommand(now),
		whatIfCommand(now),
		planCommand(),
		compareCommand(),
		workbookCommand(),
		initCommand(now), presetsCommand(now),
		generateCommand(now),
		modelsCommand(),
		tablesCommand(),
		runsCommand(),
		verifyCommand(),
		gcCommand(),
		versionCommand(),
	)
	for _, c := range root.Commands() {
		args := c.Args
		c.Args = func(c *cobra.Command, given []string) error {
			if err := args(c, given); err != nil {
				return failure.Errorf(failure.Usage, "%w\nhint: see `%s --help`", err, c.CommandPath())
			}
			return nil
		}
	}
	root.RunE = func(c *cobra.Command, given []string) error {
		if len(given) > 0 {
			return noCommand(root, given[0])
		}
		return c.Help()
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

// noCommand is the error of a word that is no command.
func noCommand(root *cobra.Command, word string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	return failure.Errorf(failure.Usage, "%q is not a command%s\nhint: see `tributary --help`", word, words.DidYouMean(word, names))
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
