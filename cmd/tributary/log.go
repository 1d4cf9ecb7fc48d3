package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"tributary/attribution"
	"tributary/ingest"
	"tributary/internal/failure"
	"tributary/internal/progress"
	"tributary/internal/runs"
)

// A log is what the program says about its work, on stderr.
type log struct {
	out   io.Writer
	json  *slog.Logger
	quiet bool
	show  *progress.Display // how far work has come; nil if quiet; a command that uses it closes it
}

func newLog(c *cobra.Command) (*log, error) {
	quiet, err := c.Flags().GetBool("quiet")
	if err != nil {
		return nil, err
	}
	format, err := c.Flags().GetString("log-format")
	if err != nil {
		return nil, err
	}
	l := &log{out: c.ErrOrStderr(), quiet: quiet}
	switch format {
	case "text":
	case "json":
		l.json = slog.New(slog.NewJSONHandler(l.out, nil))
	default:
		return nil, failure.Errorf(failure.Usage, "--log-format: %q is not text or json", format)
	}
	if !quiet {
		l.show = progress.New(progress.Options{Now: clockOf(c.Context()), Out: l.out, Width: widthOf(l.out), JSON: l.json})
		l.out = l.show
	}
	return l, nil
}

func (l *log) say(format string, args ...any) {
	l.write(slog.LevelInfo, "", fmt.Sprintf(format, args...))
}

func (l *log) warn(format string, args ...any) {
	l.write(slog.LevelWarn, "warning: ", fmt.Sprintf(format, args...))
}

func (l *log) write(level slog.Level, prefix, text string) {
	switch {
	case l.quiet:
	case l.json != nil:
		l.json.Log(context.Background(), level, text)
	default:
		fmt.Fprintln(l.out, prefix+plain(text))
	}
}

// inputs says what was read.
func (l *log) inputs(in ingest.Inputs) {
	for _, f := range in.Files {
		l.say("%s: %s: %d rows in = %d loaded + %d quarantined + %d deduplicated", f.Table, f.Name, f.RowsIn, f.Loaded, f.Quarantined, f.Deduplicated)
	}
	l.say("as of %s, amounts in %s", in.AsOf.Format(time.RFC3339Nano), in.Currency)
}

// published says what came of it.
func (l *log) published(id, out string, result attribution.Result, manifest runs.Manifest) {
	l.say("conversions: %s", result.Paths)
	for _, warning := range manifest.Warnings {
		l.warn("%s", warning)
	}
	l.say("published run %s in %s", id, out)
}
