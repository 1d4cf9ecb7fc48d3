package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/runs"
)

// writeMetrics replaces the file by the figures of this run and the times of its stages, in one
// step. Format: OpenMetrics 1.0.
func writeMetrics(path string, o job.Outcome, times []progress.StageTime) error {
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
	gauge("run_published", "Whether the last run was published.", "", is(o.IsPublished()))
	gauge("run_refused", "Whether a gate refused the last run.", "", is(o.Status == "refused"))
	gauge("run_exit_code", "Exit code of the last run.", "", fmt.Sprintf(" %d", o.Code))
	gauge("run_seconds", "How long the last run took.", "seconds", fmt.Sprintf(" %g", o.Seconds))
	gauge("run_finished_timestamp_seconds", "When the last run ended.", "seconds", fmt.Sprintf(" %d", o.Finished.Unix()))
	var wall, cpu []string
	for _, t := range times {
		wall = append(wall, fmt.Sprintf("{stage=%s} %g", label(t.Stage), t.Wall.Seconds()))
		cpu = append(cpu, fmt.Sprintf("{stage=%s} %g", label(t.Stage), t.CPU.Seconds()))
	}
	gauge("stage_seconds", "How long each stage of the last run took.", "seconds", wall...)
	gauge("stage_cpu_seconds", "Processor time of all threads during each stage of the last run.", "seconds", cpu...)
	if !o.AsOfTime.IsZero() {
		gauge("as_of_timestamp_seconds", "As-of of the last run.", "seconds", fmt.Sprintf(" %d", o.AsOfTime.Unix()))
	}
	gauge("warnings", "Warnings of the last run, new ones and known ones.", "", fmt.Sprintf(`{kind="new"} %d`, o.NewWarnings), fmt.Sprintf(`{kind="known"} %d`, o.KnownWarnings))
	var refusing []string
	for _, f := range findings.Refusals(o.Found) {
		refusing = append(refusing, fmt.Sprintf("{code=%s,table=%s} 1", label(f.Code()), label(f.Table)))
	}
	slices.Sort(refusing)
	gauge("refusal", "What refused the last run.", "", slices.Compact(refusing)...)
	if o.Revenue != "" {
		gauge("revenue", "Revenue of the last run, in the reporting currency.", "", fmt.Sprintf("{currency=%s} %s", label(o.Currency), o.Revenue))
	}
	if o.AttributedShare != "" {
		gauge("attributed_ratio", "Share of the revenue that is attributed.", "ratio", fmt.Sprintf("{model=%s} %s", label(o.Model), o.AttributedShare))
	}
	rows := map[string]*runs.Input{}
	var tables []string
	for _, in := range o.Manifest.Inputs {
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
