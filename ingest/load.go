package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/words"
)

// Inputs is what was loaded. The engine has one view per contract table, by its name; a table that
// was not given is empty.
type Inputs struct {
	Files       []File
	Quarantined []Quarantined  // ordered by table, file and line; without touches after as-of, whose rows the engine keeps
	AsOf        time.Time      // UTC
	Zone        *time.Location // reporting zone
	Currency    string         // reporting currency
	MinorScale  int            // its decimals
	IsComplete  bool           // every table was read, and as-of and currency are resolved
	Findings    []findings.Finding
}

// Gives reports whether a file was given for a table.
func (in Inputs) Gives(table string) bool {
	return slices.ContainsFunc(in.Files, func(f File) bool { return f.Table == table })
}

// Load reads every table of the job, strictly, collapses duplicates, and holds the whole against
// the input contract. For every file, rows in = loaded + quarantined + deduplicated. What breaks
// the contract is one error, of all that is known to be wrong when reading stops.
func Load(ctx context.Context, eng *engine.Engine, job config.Job, linkDir string, show *progress.Display) (Inputs, error) {
	in, problems, err := Read(ctx, eng, job, linkDir, show)
	if err != nil {
		return Inputs{}, err
	}
	return in, Together(problems)
}

// Read is Load for a run: what breaks the contract are problems. The large tables are not read once
// anything is wrong: that may take long, and a run would be refused all the same. Then the inputs
// are not complete.
func Read(ctx context.Context, eng *engine.Engine, job config.Job, linkDir string, show *progress.Display) (Inputs, []Problem, error) {
	return newLoading(eng, job, show).load(ctx, linkDir, true)
}

// Examine is Load for someone who wants to know all that is wrong: what breaks the contract are
// problems, in the order of the tables, and what could be read is there all the same. The views are
// there where it is complete.
func Examine(ctx context.Context, eng *engine.Engine, job config.Job, linkDir string, show *progress.Display) (Inputs, []Problem, error) {
	return newLoading(eng, job, show).load(ctx, linkDir, false)
}

// load reads the small tables and settles what they alone decide, then the large ones and what all
// of them decide.
func (l *loading) load(ctx context.Context, linkDir string, stopsEarly bool) (Inputs, []Problem, error) {
	small, large := bySize()
	opt, err := l.options(linkDir)
	if err != nil {
		return Inputs{}, nil, err
	}
	resolveCurrency := func(ctx context.Context) error { return l.keepProblem(ctx, "", l.resolveCurrency(ctx)) }
	if err := steps(ctx, l.reads(small, opt), l.refuseInfluence, resolveCurrency); err != nil {
		return Inputs{}, nil, err
	}
	if stopsEarly && l.isRefused() {
		for _, t := range large {
			l.unread = append(l.unread, t.Name)
		}
		return l.inputs(), append(l.allProblems(), l.notRead(large)...), nil
	}
	if err := l.openAll(large); err != nil {
		return Inputs{}, nil, err
	}
	resolveAsOf := func(ctx context.Context) error { return l.keepProblem(ctx, "", l.resolveAsOf(ctx)) }
	if err := steps(ctx, l.reads(large, opt), l.correctTouches, l.refuseControlTotals, l.refuseBadTables, resolveAsOf, l.recheck, l.makeViews, l.look); err != nil {
		return Inputs{}, nil, err
	}
	problems := l.allProblems()
	if len(problems) == 0 {
		l.show.End()
	}
	return l.inputs(), problems, nil
}

// notRead is a hint, and no problem of its own: it names the tables, of those that were given, that
// were not read because the run is refused anyway.
func (l *loading) notRead(tables []contract.Table) []Problem {
	var given []string
	for _, t := range tables {
		if _, isGiven := l.job.Tables[t.Name]; isGiven {
			given = append(given, t.Name)
		}
	}
	if len(given) == 0 {
		return nil
	}
	return []Problem{{Err: fmt.Errorf("hint: %s %s not read; `tributary validate` reads every table and lists everything that is wrong",
		strings.Join(given, " and "), words.Choose(len(given), "was", "were"))}}
}

// steps runs one after the other, up to the first that fails.
func steps(ctx context.Context, all ...func(context.Context) error) error {
	for _, step := range all {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// reads is the step that reads some tables and leaves one row per key, none of them with a reserved
// word.
func (l *loading) reads(tables []contract.Table, opt readOptions) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := l.readAll(ctx, tables, opt); err != nil {
			return err
		}
		l.show.Stage("checking the input")
		for _, t := range tables {
			if err := l.collapse(ctx, t); err != nil {
				return fmt.Errorf("table %s: looking for duplicates: %w", t.Name, err)
			}
		}
		return l.refuseReservedWords(ctx, tables)
	}
}

func (l *loading) recheck(context.Context) error { return recheckInputs(l.allFiles()) }

// makeViews makes the contract tables, over raw tables that are complete.
func (l *loading) makeViews(ctx context.Context) error {
	if !l.isComplete() {
		return nil
	}
	for _, t := range contract.Tables() {
		if err := l.engine.Exec(ctx, l.viewOf(t)); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if err := l.groupTouches(ctx); err != nil {
		return err
	}
	if err := l.storeControlLines(ctx); err != nil {
		return fmt.Errorf("table control_totals: %w", err)
	}
	return nil
}

// viewOf is the contract table over its raw table: what later stages read.
func (l *loading) viewOf(t contract.Table) string {
	var columns []string
	for _, c := range t.Columns {
		name := engine.Name(c.Name)
		switch {
		case c.Kind == contract.Currency && !c.StaysEmpty:
			columns = append(columns, "COALESCE(r."+name+", "+engine.Text(l.currency)+") AS "+name)
		case c.Kind == contract.Money:
			columns = append(columns, moneyInMinor(c.Name)+" AS "+engine.Name(c.Name+"_minor"))
		default:
			for _, f := range c.Fields() {
				columns = append(columns, "r."+engine.Name(f.Name))
			}
		}
	}
	from := " FROM " + engine.Name("raw_"+t.Name) + " AS r"
	if slices.ContainsFunc(t.Columns, func(c contract.Column) bool { return c.Kind == contract.Money }) {
		from += " INNER JOIN currencies AS m ON m.currency = COALESCE(r.currency, " + engine.Text(l.currency) + ")"
	}
	return "CREATE OR REPLACE VIEW " + engine.Name(t.Name) + " AS SELECT " + strings.Join(columns, ", ") + from
}

// moneyInMinor turns digits x 10^-scale into minor units of the row's currency, m; settleCurrency
// has seen that it fits.
func moneyInMinor(column string) string {
	digits, scale := "r."+engine.Name(column+"_digits"), "r."+engine.Name(column+"_scale")
	return "CAST(CAST(" + digits + " AS HUGEINT) * m.minor_per_unit // CAST('1' || REPEAT('0', " + scale + ") AS HUGEINT) AS BIGINT)"
}
