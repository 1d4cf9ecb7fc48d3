package gates

import (
	"context"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/runs"
)

// storeInputs makes the small tables that gates read beside the measures.
func (e *Evaluator) storeInputs(ctx context.Context, damaged []runs.Unsound) error {
	if err := e.engine.Exec(ctx, sql("inputs")); err != nil {
		return err
	}
	rows := map[string][][]any{}
	add := func(table string, row ...any) { rows[table] = append(rows[table], row) }
	for _, f := range e.inputs.Files {
		add("input_files", f.Table, f.Name, f.SHA256, f.RowsIn, f.Loaded, f.Quarantined)
		add("input_parts", f.Table, f.Name, f.Loaded, false)
		for _, from := range f.From {
			add("input_parts", f.Table, from.Name, from.Loaded, true)
		}
	}
	for _, d := range damaged {
		add("damaged_runs", d.ID, d.What)
	}
	for _, t := range contract.Tables() {
		var fresh any
		if limit := e.job.Freshness[t.Name].Number(); limit != nil {
			fresh = *limit
		}
		add("gate_tables", t.Name, t.IsMain, e.job.Tables[t.Name].IsOccasional(), fresh)
	}
	if e.baseline != nil {
		for _, in := range e.baseline.Manifest.Inputs {
			add("baseline_files", in.Table, in.SHA256)
			add("baseline_parts", in.Table, in.File, in.Loaded, false)
			for _, from := range in.From {
				add("baseline_parts", in.Table, from.File, from.Loaded, true)
			}
		}
	}
	for column, words := range namedWords(e.job) {
		for word, isWon := range words {
			add("named_words", column, word, isWon)
		}
	}
	for table, these := range rows {
		if err := e.insert(ctx, table, these); err != nil {
			return err
		}
	}
	var before any
	if e.baseline != nil {
		if asOf, err := time.Parse(time.RFC3339Nano, e.baseline.Manifest.AsOf); err == nil {
			before = asOf
		}
	}
	var closed any
	if e.job.ClosedThrough != "" {
		closed = e.job.ClosedThrough
	}
	return e.engine.Exec(ctx, sql("gate_settings"),
		e.inputs.AsOf, before, e.now.UTC(), closed, e.baseline == nil || e.baseline.Manifest.ReportingCurrency == e.inputs.Currency, e.inputs.AsOf)
}

// namedWords lists the words that the configuration names, by their column, in the form in which words
// are compared.
func namedWords(job config.Job) map[string]map[string]bool {
	named := map[string]map[string]bool{}
	name := func(column string, isWon bool, words ...string) {
		if named[column] == nil {
			named[column] = map[string]bool{}
		}
		for _, word := range words {
			named[column][contract.PlainWord(word)] = named[column][contract.PlainWord(word)] || isWon
		}
	}
	name("stage", true, job.Opportunities.WonStages...)
	name("stage", false, job.Opportunities.LostStages...)
	for _, s := range job.Funnel {
		name("stage", false, append([]string{s.Name}, s.Spellings...)...)
	}
	name("status", false, job.Journey.Responses...)
	name("status", false, job.Journey.NotResponses...)
	name("touch_type", false, job.Journey.TouchTypes...)
	for _, words := range job.Opportunities.Types {
		name("opportunity_type", false, words...)
	}
	name("channel", false, job.Journey.DirectChannels...)
	name("channel", false, job.SalesChannels...)
	name("channel", false, job.NamedChannels()...)
	return named
}
