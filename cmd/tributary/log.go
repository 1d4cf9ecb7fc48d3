package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/words"
)

// A log is what the program says about its work, on stderr.
type log struct {
	out   io.Writer
	json  *slog.Logger
	quiet bool
	show  *progress.Display // how far work has come, and how long stages took; if quiet the latter alone; a command that uses it closes it
}

func newLog(c *cobra.Command, now func() time.Time) (*log, error) {
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
	shown := progress.Options{Now: now, CPU: progress.ProcessCPU}
	if !quiet {
		shown.Out, shown.Width, shown.JSON = l.out, widthOf(l.out), l.json
	}
	l.show = progress.New(shown)
	if !quiet {
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

// Warning says what a file for another system lacks, with its hint.
func (l *log) Warning(text string) {
	message, hint := failure.Split(text)
	if l.json != nil {
		l.write(slog.LevelWarn, "", message, "hint", hint)
		return
	}
	l.warn("%s", message)
	if hint != "" {
		l.write(slog.LevelWarn, "hint: ", hint)
	}
}

// write says one thing: as a line or, with attributes for programs, as a record.
func (l *log) write(level slog.Level, prefix, text string, attributes ...any) {
	switch {
	case l.quiet:
	case l.json != nil:
		l.json.Log(context.Background(), level, text, attributes...)
	default:
		fmt.Fprintln(l.out, prefix+plain(text))
	}
}

// Inputs says what was read.
func (l *log) Inputs(in ingest.Inputs) {
	for _, f := range in.Files {
		l.write(slog.LevelInfo, "", fmt.Sprintf("%s: %s: %s in = %s loaded + %s quarantined + %s deduplicated", f.Table, f.Name,
			words.Count(f.RowsIn, "row"), words.Number(f.Loaded), words.Number(f.Quarantined), words.Number(f.Deduplicated))+deleted(f),
			"event", "table", "table", f.Table, "file", f.Name, "rows", f.RowsIn, "loaded", f.Loaded, "quarantined", f.Quarantined, "deduplicated", f.Deduplicated)
	}
	l.say("as of %s, amounts in %s", in.AsOf.Format(time.RFC3339Nano), in.Currency)
}

// deleted says how many of the rows that count as deduplicated were left out because their source
// has deleted them.
func deleted(f ingest.File) string {
	if f.Deleted == 0 {
		return ""
	}
	return fmt.Sprintf(", of which %s marked as deleted", words.Number(f.Deleted)+" "+words.Choose(f.Deleted, "is", "are"))
}

// Findings says new warnings in full, known ones in a line, and of columns that nothing reads only
// how many there are.
func (l *log) Findings(found []findings.Finding) {
	var unread, unreadTables, known int
	var since string
	for _, f := range found {
		if f.Detail || !f.Severity.IsWarning() && !f.IsLogged || f.Severity == findings.OK || f.Severity == findings.Off {
			continue
		}
		attributes := []any{"event", "finding", "code", f.Code(), "table", f.Table, "rows", f.Rows, "finding", findings.RecordOf(f)}
		switch {
		case f.Accepted != "":
			l.write(slog.LevelWarn, "accepted: ", f.Code()+": "+f.String()+" ("+f.Accepted+")", attributes...)
		case f.Severity.IsWarning() && !f.IsNew:
			if known++; since == "" || f.KnownSince < since {
				since = f.KnownSince
			}
		case f.Check == ingest.UnreadColumns && !strings.Contains(f.String(), "did you mean"): // a misspelt header is worth its line
			unread += int(f.Rows)
			unreadTables++
		case f.Severity.IsWarning():
			for line := range strings.SplitSeq(f.String(), "\n") {
				l.write(slog.LevelWarn, "warning: ", line, attributes...)
			}
			if f.Remedy != "" && l.json == nil {
				l.write(slog.LevelWarn, "hint: ", f.Remedy)
			}
		default:
			l.write(slog.LevelInfo, "", f.String(), attributes...)
		}
	}
	if unread > 0 {
		l.warn("%s in %s ignored (list %s with `tributary validate`)", words.Count(unread, "unused column"), words.Count(unreadTables, "table"), words.Choose(unread, "it", "them"))
	}
	if known > 0 {
		l.say("%s known since run %s or later (findings.json lists them)", words.Count(known, "warning"), since)
	}
}

// finished is the last line of a run. The error of a run that failed is its last line instead.
func (l *log) finished(o job.Outcome) {
	if !o.IsPublished() {
		return
	}
	if o.Paths != "" {
		l.say("conversions: %s", o.Paths)
	}
	l.Findings(o.Found)
	for _, a := range o.Unused {
		l.warn("--accept %s had no effect: no such finding would have refused the run", strings.TrimSuffix(a.Code+":"+a.Table, ":"))
	}
	revenue := "no revenue"
	if o.Revenue != "" {
		revenue = "revenue " + words.Decimal(string(o.Revenue)) + " " + o.Currency
	}
	if o.AttributedShare != "" {
		revenue += ", " + inPercent(string(o.AttributedShare)) + " attributed"
	}
	l.write(slog.LevelInfo, "", fmt.Sprintf("published run %s in %s: as of %s, %s, %s, %s known, %.1f s", o.Run, o.Out, o.AsOf, revenue,
		words.Count(o.NewWarnings, "new warning"), words.Number(o.KnownWarnings), o.Seconds),
		"event", "published", "run", o.Run, "as_of", o.AsOf, "currency", o.Currency, "revenue", numberOrNull(o.Revenue), "attributed_share", numberOrNull(o.AttributedShare),
		"new_warnings", o.NewWarnings, "known_warnings", o.KnownWarnings, "seconds", o.Seconds)
}

// numberOrNull is a decimal for a record of JSON: a number, or null where there is none.
func numberOrNull(decimal json.Number) any {
	if decimal == "" {
		return nil
	}
	return decimal
}

// inPercent writes a share of six decimals with one decimal: "83.2 %".
func inPercent(share string) string {
	number, err := strconv.ParseFloat(share, 64)
	if err != nil {
		return share
	}
	return strconv.FormatFloat(number*100, 'f', 1, 64) + " %"
}
