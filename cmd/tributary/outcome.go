package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"tributary/internal/failure"
	"tributary/internal/findings"
	"tributary/internal/runs"
	"tributary/internal/words"
)

// An outcome is how a run ended: its last line, the metrics and --on-finish say it.
type outcome struct {
	manifest runs.Manifest
	exit     failure.Code

	Event           string  `json:"event"`  // finished
	Status          string  `json:"status"` // published, refused or failed
	Exit            int     `json:"exit"`
	Run             string  `json:"run,omitempty"`
	AsOf            string  `json:"as_of,omitempty"`
	Currency        string  `json:"currency,omitempty"`
	Revenue         string  `json:"revenue,omitempty"`          // a decimal
	AttributedShare string  `json:"attributed_share,omitempty"` // of the revenue under the primary model, six decimals
	Model           string  `json:"model,omitempty"`
	NewWarnings     int     `json:"new_warnings"`
	KnownWarnings   int     `json:"known_warnings"`
	Accepted        int     `json:"accepted"`
	Seconds         float64 `json:"seconds"`
	Message         string  `json:"message,omitempty"` // of what did not end well

	out      string
	paths    string // how conversions came to their journeys
	unused   []findings.Acceptance
	found    []findings.Finding
	asOf     time.Time
	finished time.Time
}

// outcome says how the night ended.
func (n *night) outcome(manifest runs.Manifest, err error) outcome {
	now := n.now()
	o := outcome{manifest: manifest, Event: "finished", Status: "published", AsOf: manifest.AsOf, Currency: manifest.ReportingCurrency,
		Model: n.job.PrimaryModel, out: n.job.Out, unused: n.unused, found: n.found, paths: n.result.Paths, asOf: n.inputs.AsOf, finished: now,
		Accepted: len(n.accepted), Seconds: now.Sub(n.began).Round(time.Millisecond).Seconds()}
	if n.run != nil {
		o.Run = n.run.ID()
	}
	o.NewWarnings, o.KnownWarnings = findings.Count(n.found)
	o.Revenue, o.AttributedShare = headline(manifest, n.job.PrimaryModel)
	switch failure.CodeOf(err) {
	case 0:
	case failure.Refused:
		o.Status, o.Message = "refused", err.Error()
	default:
		o.Status, o.Message = "failed", err.Error()
	}
	return o
}

func (o outcome) isPublished() bool { return o.Status == "published" }

// failOn is the error of a published run with warnings that --fail-on names.
func (o outcome) failOn(which string) error {
	counted := map[string]int{"warn": o.NewWarnings + o.KnownWarnings, "new-warn": o.NewWarnings}[which]
	if counted == 0 {
		return nil
	}
	return failure.Errorf(failure.Warned, "run %s was published, with %s that --fail-on %s names", o.Run, words.Count(counted, "warning"), which)
}

// headline is the revenue of a run in all, and the share of it that one model attributes: decimals; empty where there is none.
func headline(m runs.Manifest, model string) (revenue, share string) {
	total, attributed := new(big.Rat), new(big.Rat)
	decimals, found := 0, false
	for _, t := range m.Totals {
		if t.ConversionType != "revenue" || t.Model != model {
			continue
		}
		found = true
		_, fraction, _ := strings.Cut(t.Total, ".")
		decimals = max(decimals, len(fraction))
		for _, figure := range []struct {
			text string
			sum  *big.Rat
		}{{t.Total, total}, {t.Attributed, attributed}} {
			if part, isNumber := new(big.Rat).SetString(figure.text); isNumber {
				figure.sum.Add(figure.sum, part)
			}
		}
	}
	if !found {
		return "", ""
	}
	if total.Sign() != 0 {
		share = new(big.Rat).Quo(attributed, total).FloatString(6)
	}
	return total.FloatString(decimals), share
}

// tell hands the outcome to a command of the operator's own, as one line of JSON on its standard input.
func tell(command string, o outcome) error {
	if command == "" {
		return nil
	}
	o.Exit = int(o.exit)
	line, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("--on-finish: %w", err)
	}
	// The command outlives an interrupt of the run: it is there to say so.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(append(line, '\n')), os.Stderr, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("--on-finish: the command failed: %w", err)
	}
	return nil
}

// writeMetrics replaces the file by the figures of this run, in one step. Format: OpenMetrics 1.0.
func writeMetrics(path string, o outcome) error {
	if path == "" {
		return nil
	}
	var text strings.Builder
	gauge := func(name, help, unit string, samples ...string) {
		if len(samples) == 0 {
			return
		}
		fmt.Fprintf(&text, "# TYPE tributary_%s gauge\n", name)
		if unit != "" {
			fmt.Fprintf(&text, "# UNIT tributary_%s %s\n", name, unit)
		}
		fmt.Fprintf(&text, "# HELP tributary_%s %s\n", name, help)
		for _, sample := range samples {
			fmt.Fprintf(&text, "tributary_%s%s\n", name, sample)
		}
	}
	is := func(b bool) string {
		if b {
			return " 1"
		}
		return " 0"
	}
	gauge("run_published", "Whether the last run was published.", "", is(o.isPublished()))
	gauge("run_refused", "Whether a gate refused the last run.", "", is(o.Status == "refused"))
	gauge("run_exit_code", "Exit code of the last run.", "", fmt.Sprintf(" %d", o.exit))
	gauge("run_seconds", "How long the last run took.", "seconds", fmt.Sprintf(" %g", o.Seconds))
	gauge("run_finished_timestamp_seconds", "When the last run ended.", "seconds", fmt.Sprintf(" %d", o.finished.Unix()))
	if !o.asOf.IsZero() {
		gauge("as_of_timestamp_seconds", "As-of of the last run.", "seconds", fmt.Sprintf(" %d", o.asOf.Unix()))
	}
	gauge("warnings", "Warnings of the last run, new ones and known ones.", "", fmt.Sprintf(`{kind="new"} %d`, o.NewWarnings), fmt.Sprintf(`{kind="known"} %d`, o.KnownWarnings))
	var refusing []string
	for _, f := range findings.Refusals(o.found) {
		refusing = append(refusing, fmt.Sprintf("{code=%s,table=%s} 1", label(f.Code()), label(f.Table)))
	}
	gauge("refusal", "What refused the last run.", "", unique(refusing)...)
	if o.Revenue != "" {
		gauge("revenue", "Revenue of the last run, in the reporting currency.", "", fmt.Sprintf("{currency=%s} %s", label(o.Currency), o.Revenue))
	}
	if o.AttributedShare != "" {
		gauge("attributed_ratio", "Share of the revenue that is attributed.", "ratio", fmt.Sprintf("{model=%s} %s", label(o.Model), o.AttributedShare))
	}
	rows := map[string]*runs.Input{}
	var tables []string
	for _, in := range o.manifest.Inputs {
		if rows[in.Table] == nil {
			rows[in.Table] = &runs.Input{}
			tables = append(tables, in.Table)
		}
		rows[in.Table].Loaded += in.Loaded
		rows[in.Table].Quarantined += in.Quarantined
		rows[in.Table].Deduplicated += in.Deduplicated
	}
	var samples []string
	for _, t := range tables {
		for _, s := range []struct {
			fate string
			n    int64
		}{{"loaded", rows[t].Loaded}, {"quarantined", rows[t].Quarantined}, {"deduplicated", rows[t].Deduplicated}} {
			samples = append(samples, fmt.Sprintf("{table=%s,fate=%s} %d", label(t), label(s.fate), s.n))
		}
	}
	gauge("rows", "Rows of the input of the last published run, by what became of them.", "", samples...)
	text.WriteString("# EOF\n")
	temporary, err := os.CreateTemp(filepath.Dir(path), ".tributary-metrics-")
	if err != nil {
		return fmt.Errorf("--metrics %s: %w", path, err)
	}
	defer os.Remove(temporary.Name()) // it is gone once it was renamed
	_, err = temporary.WriteString(text.String())
	if err == nil {
		err = temporary.Chmod(0o644) // a collector of another user reads it
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("--metrics %s: %w", path, err)
	}
	return nil
}

// label is a value of a label, as OpenMetrics writes it.
func label(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(value) + `"`
}

func unique(list []string) []string {
	var kept []string
	known := map[string]bool{}
	for _, text := range list {
		if !known[text] {
			known[text] = true
			kept = append(kept, text)
		}
	}
	return kept
}
