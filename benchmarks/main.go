// Command benchmarks times the built program stage by stage on generated companies, and holds it in
// the same round against plain SQL on the same files. docs/performance.md describes what it
// measures; the Makefile has a target for each set.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}

// options are what the command line says.
type options struct {
	program  string        // the built tributary
	data     string        // cache of data sets, place of all output
	pictures string        // directory of the pictures; empty: none are drawn
	results  string        // directory of recorded results; empty: nothing is recorded
	within   time.Duration // no further round of a data set begins after this time
	rounds   int           // 0: what the data set says
	accounts int64
	upTo     int64 // larger data sets are left out
	threads  int   // 0: one per core
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 && args[0] == queryCommand {
		return answer(ctx, args[1:], stdout)
	}
	var o options
	f := flag.NewFlagSet("benchmarks", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.program, "tributary", "bin/tributary", "the built program")
	f.StringVar(&o.data, "data", "bench.data", "directory of the generated data sets, which are kept, and of output, which is not")
	f.StringVar(&o.pictures, "pictures", "", "draw performance_stages.svg and performance_growth.svg in this directory")
	f.StringVar(&o.results, "record", "", "keep the table in a new file of this directory")
	f.DurationVar(&o.within, "within", 24*time.Hour, "begin no further round of a data set after this time; one round is always run")
	f.IntVar(&o.rounds, "rounds", 0, "rounds of each data set; 0: as many as its set says")
	f.Int64Var(&o.accounts, "accounts", 40_000, "accounts of the generated companies")
	f.Int64Var(&o.upTo, "up-to", 1<<40, "leave out data sets with more touches")
	f.IntVar(&o.threads, "threads", 0, "threads of the program and of the SQL; 0: one per core")
	f.Usage = func() {
		fmt.Fprintf(stderr, "usage: benchmarks [flags] SET...\nsets: %s\n", strings.Join(setNames(), ", "))
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		f.Usage()
		return fmt.Errorf("name at least one set")
	}
	experiments, err := experimentsOf(f.Args())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.data, 0o755); err != nil {
		return err
	}
	if o.data, err = filepath.Abs(o.data); err != nil {
		return err
	}
	if o.program, err = filepath.Abs(o.program); err != nil {
		return err
	}
	b, err := newBench(ctx, o, stderr)
	if err != nil {
		return err
	}
	var measured []result
	for _, e := range experiments {
		if e.data.touchCount() > o.upTo {
			continue
		}
		r, err := b.measure(ctx, e)
		if err != nil {
			return fmt.Errorf("%s: %w", e.title, err)
		}
		measured = append(measured, r)
	}
	text := b.machine.text() + table(measured)
	if _, err := io.WriteString(stdout, text); err != nil {
		return err
	}
	if o.pictures != "" {
		if err := b.draw(measured); err != nil {
			return fmt.Errorf("drawing: %w", err)
		}
	}
	if o.results != "" {
		return b.record(text)
	}
	return nil
}
