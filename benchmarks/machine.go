package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// A machine is where and with what results came about.
type machine struct {
	cpu, memory    string
	cores, threads int
	goVersion      string
	program        string // its version and that of the engine
	engine         string // of the yardsticks
	commit         string
	date           string
}

// describe finds out where and with what results come about.
func (b *bench) describe(ctx context.Context) (machine, error) {
	m := machine{cpu: "unknown", memory: "unknown", cores: runtime.NumCPU(), threads: b.threads, goVersion: runtime.Version(),
		date: b.began.UTC().Format(time.RFC3339), commit: "unknown"}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if found := regexp.MustCompile(`(?m)^model name\s*: (.*)$`).FindStringSubmatch(string(text)); found != nil {
			m.cpu = found[1]
		}
	}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kilobytes float64
		if _, err := fmt.Sscanf(string(text), "MemTotal: %f kB", &kilobytes); err == nil {
			m.memory = fmt.Sprintf("%.1f GiB", kilobytes/(1<<20))
		}
	}
	version, err := b.start(ctx, b.program, "version")
	if err != nil {
		return m, err
	}
	m.program = strings.Join(strings.Split(strings.TrimSpace(string(version.stdout)), "\n"), ", ")
	if _, m.engine, err = b.query(ctx, versionSQL, b.data, ""); err != nil {
		return m, err
	}
	if head, err := exec.CommandContext(ctx, "git", "rev-parse", "--short=12", "HEAD").Output(); err == nil {
		m.commit = strings.TrimSpace(string(head))
		// What this command writes changes nothing that it measures.
		if changed, err := exec.CommandContext(ctx, "git", "status", "--porcelain", "--", ".", ":!docs/*.svg", ":!benchmarks/*.txt").Output(); err != nil || len(changed) > 0 {
			m.commit += "-changed"
		}
	}
	return m, nil
}

func (m machine) text() string {
	return fmt.Sprintf("date: %s\ncommit: %s\nmachine: %d cores (%s), %s memory, %s/%s; %d threads used\nversions: %s; %s; SQL on duckdb %s\n",
		m.date, m.commit, m.cores, m.cpu, m.memory, runtime.GOOS, runtime.GOARCH, m.threads, m.program, m.goVersion, m.engine)
}

// record keeps the text in a file of its own.
func (b *bench) record(text string) error {
	if err := os.MkdirAll(b.results, 0o755); err != nil {
		return err
	}
	path := filepath.Join(b.results, b.began.UTC().Format("2006-01-02T150405Z")+"_"+b.machine.commit+".txt")
	b.say("recorded in %s", path)
	return os.WriteFile(path, []byte(text), 0o644)
}
