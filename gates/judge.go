package gates

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/runs"
)

// Options say what is judged, and against what.
type Options struct {
	Inputs       ingest.Inputs
	Job          config.Job
	Rules        findings.Rules
	Baselines    runs.Baselines // none: the first run
	HasOverrides bool           // flags set as-of, the period or the models: what depends on them is not compared
	Now          time.Time      // the clock of the machine, read once, for freshness alone
}

// A Judge holds one run against its baselines.
type Judge struct {
	engine       *engine.Engine
	inputs       ingest.Inputs
	job          config.Job
	rules        findings.Rules
	baseline     *runs.Summary
	hasOverrides bool
	now          time.Time
	currency     findings.Currency
	gates        []gate
}

// FindBaselines finds what a run of an output directory is held against.
func FindBaselines(out string) (runs.Baselines, error) {
	return runs.FindBaselines(out, MeasuresFile, findings.File)
}

// MeasureFiles are the files of baselines that the engine has to read.
func MeasureFiles(baselines runs.Baselines) []string {
	var paths []string
	for _, b := range withMeasures(baselines.Sound) {
		paths = append(paths, filepath.Join(b.Path, MeasuresFile))
	}
	return paths
}

// withMeasures are the baselines of versions that kept measures.
func withMeasures(baselines []runs.Summary) []runs.Summary {
	return slices.DeleteFunc(slices.Clone(baselines), func(b runs.Summary) bool {
		return !slices.ContainsFunc(b.Manifest.Outputs, func(o runs.Output) bool { return o.Path == MeasuresFile })
	})
}

// New makes a judge: it measures what was loaded, and reads what the baselines measured.
func New(ctx context.Context, eng *engine.Engine, o Options) (*Judge, error) {
	j := &Judge{engine: eng, inputs: o.Inputs, job: o.Job, rules: o.Rules, hasOverrides: o.HasOverrides, now: o.Now, gates: all(),
		currency: findings.Currency{Code: o.Inputs.Currency, Decimals: o.Inputs.MinorScale}}
	baselines := withMeasures(o.Baselines.Sound)
	if len(baselines) > 0 {
		j.baseline = &baselines[0]
	}
	if err := j.readBaselines(ctx, baselines); err != nil {
		return nil, fmt.Errorf("reading what earlier runs measured: %w", err)
	}
	if err := j.storeInputs(ctx, o.Baselines.Damaged); err != nil {
		return nil, fmt.Errorf("preparing the gates: %w", err)
	}
	if err := j.measureFiles(ctx); err != nil {
		return nil, fmt.Errorf("measuring the input: %w", err)
	}
	return j, nil
}

// Baseline is the run that this one is held against; empty without one.
func (j *Judge) Baseline() string {
	if j.baseline == nil {
		return ""
	}
	return j.baseline.ID
}

// Files judges what was loaded, before anything is computed of it.
func (j *Judge) Files(ctx context.Context) ([]findings.Finding, error) { return j.askAll(ctx, files) }

// Journeys judges how people, accounts and opportunities come together.
func (j *Judge) Journeys(ctx context.Context) ([]findings.Finding, error) {
	if err := j.measureJourneys(ctx); err != nil {
		return nil, fmt.Errorf("measuring journeys: %w", err)
	}
	return j.askAll(ctx, journeys)
}

// Credit judges what was credited, under the model of that name.
func (j *Judge) Credit(ctx context.Context, model string) ([]findings.Finding, error) {
	if err := j.measureCredit(ctx, model); err != nil {
		return nil, fmt.Errorf("measuring credit: %w", err)
	}
	if err := j.measureClosed(ctx, model, j.job.PrimaryModel); err != nil {
		return nil, fmt.Errorf("measuring the credit of closed months: %w", err)
	}
	return j.askAll(ctx, credit)
}

func (j *Judge) askAll(ctx context.Context, s stage) ([]findings.Finding, error) {
	var found []findings.Finding
	for _, g := range j.gates {
		if g.stage != s {
			continue
		}
		caught, err := j.ask(ctx, g)
		if err != nil {
			return nil, err
		}
		found = append(found, caught...)
	}
	return found, nil
}

// AcceptConsequences turns what follows from an accepted finding about the input into warnings:
// whoever accepts that accounts was cut has accepted that fewer people find their account, and
// would only be asked again after the whole run.
func AcceptConsequences(found []findings.Finding) {
	beside := []string{"activities", "targets", "capacity", "control_totals", "crm_influence"} // no journey is made of them
	i := slices.IndexFunc(found, func(f findings.Finding) bool {
		return f.Accepted != "" && !slices.Contains(beside, f.Table) && stageOf(f) == files
	})
	if i < 0 {
		return
	}
	for k := range found {
		if f := &found[k]; f.Severity == findings.Refuse && slices.Contains([]string{"share_fell", "attributed_fell"}, f.Check) && stageOf(*f) != files {
			f.Severity, f.Accepted = findings.Warning, "follows from "+found[i].Code()+" of "+found[i].Table+", which was accepted"
		}
	}
}

// stageOf tells when the gate of a finding judges: shares of journeys have no column.
func stageOf(f findings.Finding) stage {
	if f.Check == shareFell.check && f.Column == "" {
		return journeys
	}
	for _, g := range all() {
		if g.check == f.Check {
			return g.stage
		}
	}
	return files
}

// Order puts refusals into the order of the gates; other findings that refuse by the configuration
// follow.
func Order(refusals []findings.Finding) []findings.Finding {
	names := Checks()
	place := func(f findings.Finding) int {
		if i := slices.Index(names, f.Check); i >= 0 {
			return i
		}
		return len(names)
	}
	ordered := slices.Clone(refusals)
	slices.SortStableFunc(ordered, func(a, b findings.Finding) int { return place(a) - place(b) })
	return ordered
}

// Differs says in what this run was not made as the baseline was, since that is the likeliest cause
// of a difference: empty if in nothing.
func (j *Judge) Differs(configuration, program string) string {
	if j.baseline == nil {
		return ""
	}
	m := j.baseline.Manifest
	switch configured, made := m.Configuration != configuration, m.Program != program; {
	case configured && made:
		return "the configuration and the version of the program (" + m.Program + " there, " + program + " now) differ from those of run " + j.baseline.ID
	case configured:
		return "the configuration differs from that of run " + j.baseline.ID + " (compare config.yaml)"
	case made:
		return "the version of the program differs from that of run " + j.baseline.ID + " (" + m.Program + " there, " + program + " now)"
	}
	return ""
}

// readBaselines makes the tables baseline (the measures of the last one) and baselines (those of
// all, by position from 1).
func (j *Judge) readBaselines(ctx context.Context, baselines []runs.Summary) error {
	if err := j.engine.Exec(ctx, "CREATE OR REPLACE TABLE baselines (position INTEGER, run VARCHAR, "+measureColumns+")"); err != nil {
		return err
	}
	for i, b := range baselines {
		kept := ""
		if i > 0 {
			kept = " WHERE measure IN ('rows', 'share')" // for the ratchet
		}
		if err := j.engine.Exec(ctx, "INSERT INTO baselines SELECT ?, ?, "+measureNames+" FROM read_parquet("+
			engine.Text(filepath.Join(b.Path, MeasuresFile))+")"+kept, i+1, b.ID); err != nil {
			return fmt.Errorf("run %s: %w", b.ID, err)
		}
	}
	return j.engine.Exec(ctx, "CREATE OR REPLACE VIEW baseline AS SELECT "+measureNames+" FROM baselines WHERE position = 1")
}
