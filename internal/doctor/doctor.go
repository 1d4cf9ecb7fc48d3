// Package doctor checks a machine, an output directory and a configuration, and reports what is wrong
// and what to do. It changes nothing.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/version"
)

// A Status is the severity of a check's result.
type Status string

const (
	OK      Status = "ok"
	Warning Status = "warning" // the next run may suffer, or its figures may be old
	Problem Status = "problem" // a run cannot work, or its figures cannot be trusted
)

// A Check is the result of one check.
type Check struct {
	Topic   string `json:"topic"`
	Status  Status `json:"status"`
	Message string `json:"message"`
	Remedy  string `json:"remedy,omitempty"` // what to do; empty where nothing is wrong
}

// A Place is the machine, the output directory and the configuration to check.
type Place struct {
	Out     string // output directory; empty: none
	Config  string // configuration; empty: none
	TempDir string // where commands spill that have no --temp-dir
	Now     time.Time
	MaxAge  int // how many days old as-of may be
}

// Examine runs all checks, in the order in which a run would find the problems.
func Examine(ctx context.Context, p Place) ([]Check, error) {
	eng, err := engine.OpenReading(ctx, slices.DeleteFunc([]string{p.Out}, func(out string) bool { return !exists(out) })...)
	if err != nil {
		return nil, err
	}
	defer eng.Close()
	checks, err := machine(ctx, eng)
	if err != nil {
		return nil, err
	}
	checks = append(checks, configuration(p.Config))
	if p.Out == "" {
		return append(checks, Check{"output", Warning, "no output directory is named, so no run was looked at",
			"name it with --out, in TRIBUTARY_OUT, or as output.directory in tributary.yaml"}), nil
	}
	last, err := lastRun(p.Out)
	if err != nil && !errors.Is(err, runs.ErrNone) && exists(p.Out) {
		checks = append(checks, Check{"last run", Problem, sentence(err), "run again; `tributary verify` says what is wrong with a run"})
	}
	checks = append(checks, output(p, last)...)
	if last.ID == "" {
		return checks, nil
	}
	return append(checks, published(ctx, eng, p, last)...), nil
}

// machine lists the versions of the program and its engines, the threads and the memory.
func machine(ctx context.Context, eng *engine.Engine) ([]Check, error) {
	v, err := version.Read(ctx, eng)
	if err != nil {
		return nil, err
	}
	var limit string
	var threads int
	if err := eng.Row(ctx, "SELECT current_setting('memory_limit'), CAST(current_setting('threads') AS INTEGER)", nil, &limit, &threads); err != nil {
		return nil, fmt.Errorf("asking the engine for its limits: %w", err)
	}
	return []Check{
		{Topic: "program", Status: OK, Message: fmt.Sprintf("%s, DuckDB %s, Arrow %s, %s, %s/%s", v.Program, v.DuckDB, v.Arrow, runtime.Version(), runtime.GOOS, runtime.GOARCH)},
		{Topic: "threads", Status: OK, Message: fmt.Sprintf("%d, and %d cores", threads, runtime.NumCPU())},
		checkMemory(limit, readMemory()),
	}, nil
}
