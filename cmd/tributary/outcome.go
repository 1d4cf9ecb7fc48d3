package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
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

// unbegun is the outcome of a run whose configuration or input could not be found.
func unbegun(err error, now time.Time) outcome {
	o := outcome{Event: "finished", Status: "failed", finished: now}
	if err != nil {
		o.Message = err.Error()
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
