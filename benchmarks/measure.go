package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A bench runs experiments, one process at a time.
type bench struct {
	options
	self      string // this program
	generator string // digest of what the generator writes
	machine   machine
	began     time.Time
	log       io.Writer
}

func newBench(ctx context.Context, o options, log io.Writer) (*bench, error) {
	b := &bench{options: o, began: time.Now(), log: log}
	if b.threads == 0 {
		b.threads = runtime.NumCPU()
	}
	var err error
	if b.self, err = os.Executable(); err != nil {
		return nil, err
	}
	if b.generator, err = b.identifyGenerator(ctx); err != nil {
		return nil, err
	}
	b.machine, err = b.describe(ctx)
	return b, err
}

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.log, format+"\n", args...) }

// A cost is what some work took.
type cost struct {
	Wall, CPU float64 // seconds
	Peak      float64 // peak memory of the process, bytes; 0: not known for a part of a process
}

// A round is one turn of the program and of the yardsticks.
type round struct {
	Whole      cost
	Groups     map[string]cost
	Touchfile  cost            // reading the touch file alone
	Unnamed    map[string]cost // the stages in the group other
	Yardsticks map[string]cost // by name of the SQL text
}

// A result is what was measured of an experiment.
type result struct {
	Title       string
	Touches     int64
	JourneyRows int64 // of a skewed data set; else 0
	IsSkew      bool
	Commit      string
	Rounds      []round
	Failed      map[string]string // yardsticks that failed, and why
}

// measure runs an experiment: in every round each yardstick, then the program.
func (b *bench) measure(ctx context.Context, e experiment) (result, error) {
	r := result{Title: e.title, Touches: e.data.touchCount(), IsSkew: e.isSkew, Commit: b.machine.commit, Failed: map[string]string{}}
	directory, err := b.ready(ctx, e.data)
	if err != nil {
		return r, err
	}
	if e.isSkew {
		if r.JourneyRows, err = b.journeyRows(ctx, e, directory); err != nil {
			return r, err
		}
	}
	rounds := e.rounds
	if b.rounds > 0 {
		rounds = b.rounds
	}
	for i := range rounds {
		if i > 0 && time.Since(b.began) > b.within {
			b.say("%s: %d of %d rounds, because the time is up", e.title, i, rounds)
			break
		}
		b.say("%s: round %d of %d", e.title, i+1, rounds)
		one := round{Yardsticks: map[string]cost{}}
		if i == 0 && len(e.sql) > 0 { // what is read for the first time comes from the disk: that is not measured
			_, _, _ = b.query(ctx, e.sql[0], directory, e.memory)
		}
		for _, name := range e.sql {
			if r.Failed[name] != "" {
				continue
			}
			took, _, err := b.query(ctx, name, directory, e.memory)
			if ctx.Err() != nil {
				return r, ctx.Err()
			}
			if err != nil { // a yardstick may run out of memory or disk where the program does not
				r.Failed[name] = err.Error()
				continue
			}
			one.Yardsticks[name] = took
		}
		if err := b.attribute(ctx, e, directory, e.flags, &one, nil); err != nil {
			return r, err
		}
		r.Rounds = append(r.Rounds, one)
	}
	return r, nil
}

// attribute runs the program on a data set into a new output directory, hands the published run to
// look, if it is given, and removes it.
func (b *bench) attribute(ctx context.Context, e experiment, directory string, flags []string, one *round, look func(run string) error) error {
	out, err := os.MkdirTemp(b.data, "out_")
	if err != nil {
		return err
	}
	defer os.RemoveAll(out)
	metrics := filepath.Join(out, "metrics.prom")
	args := append([]string{"run", "--out", filepath.Join(out, "out"), "--metrics", metrics, "--threads", strconv.Itoa(b.threads), "--quiet"}, e.data.input(directory)...)
	if e.memory != "" {
		args = append(args, "--memory-limit", e.memory)
	}
	done, err := b.start(ctx, b.program, append(args, flags...)...)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(metrics)
	if err != nil {
		return err
	}
	one.Whole = done.cost
	one.group(stagesOf(string(text)))
	if look != nil {
		return look(filepath.Join(out, "out", "current"))
	}
	return nil
}

// A stage of the program, as --metrics tells it.
type stage struct {
	name string
	cost
}

var stageSample = regexp.MustCompile(`(?m)^tributary_stage_(cpu_)?seconds\{stage="((?:[^"\\]|\\.)*)"\} (\S+)$`)

// stagesOf reads the stages from the text of --metrics.
func stagesOf(text string) []stage {
	var stages []stage
	at := map[string]int{}
	for _, found := range stageSample.FindAllStringSubmatch(text, -1) {
		seconds, err := strconv.ParseFloat(found[3], 64)
		if err != nil {
			continue
		}
		i, isKnown := at[found[2]]
		if !isKnown {
			i = len(stages)
			at[found[2]] = i
			stages = append(stages, stage{name: found[2]})
		}
		if found[1] == "" {
			stages[i].Wall += seconds
		} else {
			stages[i].CPU += seconds
		}
	}
	return stages
}

// betweenStages is the name of the time in which the program was in no stage: starting, judging,
// ending.
const betweenStages = "between stages"

// group adds up stages by group. What they leave of the whole is other.
func (r *round) group(stages []stage) {
	r.Groups, r.Unnamed = map[string]cost{}, map[string]cost{}
	rest := r.Whole
	add := func(name string, c cost) {
		group := groupOf(name)
		sum := r.Groups[group]
		r.Groups[group] = cost{Wall: sum.Wall + c.Wall, CPU: sum.CPU + c.CPU}
		if group == other {
			r.Unnamed[name] = c
		}
	}
	for _, s := range stages {
		add(s.name, s.cost)
		rest.Wall, rest.CPU = rest.Wall-s.Wall, rest.CPU-s.CPU
		if isTouchFile(s.name) {
			r.Touchfile.Wall, r.Touchfile.CPU = r.Touchfile.Wall+s.Wall, r.Touchfile.CPU+s.CPU
		}
	}
	add(betweenStages, cost{Wall: max(0, rest.Wall), CPU: max(0, rest.CPU)})
}

// journeyRows counts the touches of all journeys, in a run that is not measured.
func (b *bench) journeyRows(ctx context.Context, e experiment, directory string) (rows int64, err error) {
	flags := []string{"--credits", "all", "--tables", "none"}
	err = b.attribute(ctx, e, directory, flags, &round{}, func(run string) error {
		_, first, err := b.query(ctx, journeyRowsSQL, run, "")
		if err == nil {
			rows, err = strconv.ParseInt(first, 10, 64)
		}
		return err
	})
	return rows, err
}

// query runs a SQL text in a process of its own. {in} of the text is directory.
func (b *bench) query(ctx context.Context, name, directory, memory string, values ...string) (took cost, first string, err error) {
	spill, err := os.MkdirTemp(b.data, "spill_")
	if err != nil {
		return cost{}, "", err
	}
	defer os.RemoveAll(spill)
	args := append([]string{queryCommand, "-threads", strconv.Itoa(b.threads), "-memory-limit", memory, "-spill", spill, name, "in=" + directory}, values...)
	done, err := b.start(ctx, b.self, args...)
	if err != nil {
		return cost{}, "", err
	}
	var a answered
	if err := json.Unmarshal(done.stdout, &a); err != nil {
		return cost{}, "", err
	}
	return cost{Wall: a.Wall, CPU: a.CPU, Peak: done.Peak}, a.First, nil
}

// An ended process.
type ended struct {
	cost
	stdout []byte
}

// start runs a process to its end. Its peak memory is what the kernel says of it. (Linux counts
// what this process had in memory when it started the other one, too: that is little, because this
// process never opens the engine.)
func (b *bench) start(ctx context.Context, program string, args ...string) (ended, error) {
	var stdout, stderr bytes.Buffer
	c := exec.CommandContext(ctx, program, args...)
	c.Stdout, c.Stderr = &stdout, &stderr
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 10 * time.Second
	began := time.Now()
	err := c.Run()
	e := ended{cost: cost{Wall: time.Since(began).Seconds()}, stdout: stdout.Bytes()}
	if err != nil {
		return e, fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), args[0], err, strings.TrimSpace(stderr.String()))
	}
	e.CPU = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	if used, isKnown := c.ProcessState.SysUsage().(*syscall.Rusage); isKnown {
		e.Peak = float64(used.Maxrss) * 1024
		if runtime.GOOS == "darwin" {
			e.Peak = float64(used.Maxrss) // in bytes, and elsewhere in kilobytes: getrusage(2)
		}
	}
	return e, nil
}
