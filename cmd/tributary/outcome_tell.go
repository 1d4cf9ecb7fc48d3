package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/words"
)

// failOnWarnings is the error of a published run with warnings that --fail-on names.
func failOnWarnings(o job.Outcome, which string) error {
	counted := map[string]int{"warn": o.NewWarnings + o.KnownWarnings, "new-warn": o.NewWarnings}[which]
	if counted == 0 {
		return nil
	}
	return failure.Errorf(failure.Warned, "run %s was published, with %s that --fail-on %s names", o.Run, words.Count(counted, "warning"), which)
}

// tell hands the outcome to a command of the operator's own, as one line of JSON on its standard
// input.
func tell(command string, o job.Outcome) error {
	if command == "" {
		return nil
	}
	o.Exit = int(o.Code)
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
