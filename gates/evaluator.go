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

// Options are the run that is tested, and the runs that it is compared with.
type Options struct {
	Inputs       ingest.Inputs
	Job          config.Job
	Rules        findings.Rules
	Baselines    runs.Baselines // none: the first run
	HasOverrides bool           // flags set as-of, the period or the models: gates that depend on them are skipped
	Now          time.Time      // the clock of the machine, read once, for the freshness gate only
}

// An Evaluator evaluates the gates for one run.
type Evaluator struct {
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

// FindBaselines finds the published runs with which the next run of an output directory is compared.
func FindBaselines(out string) (runs.Baselines, error) {
	return runs.FindBaselines(out, MeasuresFile, findings.File)
}

// MeasureFiles returns the paths of the measures of baselines, which the engine reads.
func MeasureFiles(baselines runs.Baselines) []string {
	var paths []string
	for _, b := range withMeasures(baselines.Sound) {
		paths = append(paths, filepath.Join(b.Path, MeasuresFile))
	}
	return paths
}

// withMeasures returns the baselines that have a file of measures; older versions wrote none.
func withMeasures(baselines []runs.Summary) []runs.Summary {
	return slices.DeleteFunc(slices.Clone(baselines), func(b runs.Summary) bool {
		return !slices.ContainsFunc(b.Manifest.Outputs, func(o runs.Output) bool { return o.Path == MeasuresFile })
	})
}

// New measures the loaded tables, and reads the measures of the baselines.
func New(ctx context.Context, eng *engine.Engine, o Options) (*Evaluator, error) {
	e := &Evaluator{engine: eng, inputs: o.Inputs, job: o.Job, rules: o.Rules, hasOverrides: o.HasOverrides, now: o.Now, gates: all(),
		currency: findings.Currency{Code: o.Inputs.Currency, Decimals: o.Inputs.MinorScale}}
	baselines := withMeasures(o.Baselines.Sound)
	if len(baselines) > 0 {
		e.baseline = &baselines[0]
	}
	if err := e.readBaselines(ctx, baselines); err != nil {
		return nil, fmt.Errorf("reading what earlier runs measured: %w", err)
	}
	if err := e.storeInputs(ctx, o.Baselines.Damaged); err != nil {
		return nil, fmt.Errorf("preparing the gates: %w", err)
	}
	if err := e.measureFiles(ctx); err != nil {
		return nil, fmt.Errorf("measuring the input: %w", err)
	}
	return e, nil
}

// Baseline is the id of the run that this one is compared with; empty without one.
func (e *Evaluator) Baseline() string {
	if e.baseline == nil {
		return ""
	}
	return e.baseline.ID
}

// Files evaluates the gates of the loaded tables, before anything is computed from them.
func (e *Evaluator) Files(ctx context.Context) ([]findings.Finding, error) {
	return e.evaluateStage(ctx, files)
}

// Journeys evaluates the gates that depend on people, buying groups and journeys.
func (e *Evaluator) Journeys(ctx context.Context) ([]findings.Finding, error) {
	if err := e.measureJourneys(ctx); err != nil {
		return nil, fmt.Errorf("measuring journeys: %w", err)
	}
	return e.evaluateStage(ctx, journeys)
}

// Credit evaluates the gates that depend on credit, under the model of that name.
func (e *Evaluator) Credit(ctx context.Context, model string) ([]findings.Finding, error) {
	if err := e.measureCredit(ctx, model); err != nil {
		return nil, fmt.Errorf("measuring credit: %w", err)
	}
	if err := e.measureClosed(ctx, model, e.job.PrimaryModel); err != nil {
		return nil, fmt.Errorf("measuring the credit of closed months: %w", err)
	}
	return e.evaluateStage(ctx, credit)
}

func (e *Evaluator) evaluateStage(ctx context.Context, s stage) ([]findings.Finding, error) {
	var found []findings.Finding
	for _, g := range e.gates {
		if g.stage != s {
			continue
		}
		candidate, err := e.run(ctx, g)
		if err != nil {
			return nil, err
		}
		found = append(found, candidate...)
	}
	return found, nil
}

// AcceptConsequences turns the consequences of an accepted finding about the input into warnings:
// if a person accepts that the accounts table lost rows, fewer people have an account, and the run
// need not be refused a second time for that.
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

// stageOf is the stage of the gate that made a finding. The gate share_fell has two stages; its
// findings of journeys have no column.
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

// Order sorts refusals in the order of the gates. Other findings, which refuse by the configuration,
// come last.
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

// Differs describes whether the configuration or the program differs from that of the baseline, which
// is the likeliest cause of a difference. Empty: neither does.
func (e *Evaluator) Differs(configuration, program string) string {
	if e.baseline == nil {
		return ""
	}
	m := e.baseline.Manifest
	switch configured, made := m.Configuration != configuration, m.Program != program; {
	case configured && made:
		return "the configuration and the version of the program (" + m.Program + " there, " + program + " now) differ from those of run " + e.baseline.ID
	case configured:
		return "the configuration differs from that of run " + e.baseline.ID + " (compare config.yaml)"
	case made:
		return "the version of the program differs from that of run " + e.baseline.ID + " (" + m.Program + " there, " + program + " now)"
	}
	return ""
}

// readBaselines makes the tables baseline (the measures of the last published run) and baselines
// (those of all, by position, from 1).
func (e *Evaluator) readBaselines(ctx context.Context, baselines []runs.Summary) error {
	if err := e.engine.Exec(ctx, "CREATE OR REPLACE TABLE baselines (position INTEGER, run VARCHAR, "+measureColumns+")"); err != nil {
		return err
	}
	for i, b := range baselines {
		kept := ""
		if i > 0 {
			kept = " WHERE measure IN ('rows', 'share')" // for the ratchet
		}
		if err := e.engine.Exec(ctx, "INSERT INTO baselines SELECT ?, ?, "+measureNames+" FROM read_parquet("+
			engine.Text(filepath.Join(b.Path, MeasuresFile))+")"+kept, i+1, b.ID); err != nil {
			return fmt.Errorf("run %s: %w", b.ID, err)
		}
	}
	return e.engine.Exec(ctx, "CREATE OR REPLACE VIEW baseline AS SELECT "+measureNames+" FROM baselines WHERE position = 1")
}
