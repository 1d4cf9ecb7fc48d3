package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/progress"
)

// Inputs is what was loaded. The engine has one view per contract table, by its name; a table that was not given is empty.
type Inputs struct {
	Files       []File
	Quarantined []Quarantined  // ordered by table, file and line; without touches after as-of, whose rows the engine keeps
	AsOf        time.Time      // UTC
	Zone        *time.Location // reporting zone
	Currency    string         // reporting currency
	MinorScale  int            // its decimals
	Warnings    []string
}

// Load reads every table of the job, strictly, collapses duplicates, and holds the whole against the input contract. For
// every file, rows in = loaded + quarantined + deduplicated.
func Load(ctx context.Context, eng *engine.Engine, job config.Job, linkDir string, show *progress.Display) (Inputs, error) {
	l := loading{engine: eng, job: job, show: show, files: map[string][]File{}, quarantined: map[string][]Quarantined{}}
	if err := l.readAll(ctx, linkDir); err != nil {
		return Inputs{}, err
	}
	show.Stage("checking the input")
	for _, t := range Tables() {
		if err := l.collapse(ctx, t); err != nil {
			return Inputs{}, fmt.Errorf("table %s: looking for duplicates: %w", t.Name, err)
		}
	}
	if err := l.refuseReservedWords(ctx); err != nil {
		return Inputs{}, err
	}
	if err := l.settleCurrency(ctx); err != nil {
		return Inputs{}, err
	}
	if err := l.refuseBadTables(); err != nil {
		return Inputs{}, err
	}
	if err := l.settleAsOf(ctx); err != nil {
		return Inputs{}, err
	}
	if err := recheckInputs(l.allFiles()); err != nil {
		return Inputs{}, err
	}
	for _, t := range Tables() {
		if err := eng.Exec(ctx, l.viewOf(t)); err != nil {
			return Inputs{}, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	show.End()
	return l.inputs(), nil
}

// A loading is the state of Load.
type loading struct {
	engine      *engine.Engine
	job         config.Job
	show        *progress.Display
	files       map[string][]File
	quarantined map[string][]Quarantined
	late        int64 // touches set aside as after as-of
	asOf        time.Time
	zone        *time.Location
	currency    string
	scale       int
	warnings    []string
}

// readAll reads every table, and reports the problems of all of them at once.
func (l *loading) readAll(ctx context.Context, linkDir string) error {
	reportingZone, err := loadZone(l.job.Reporting.TimeZone, "reporting.time_zone")
	if err != nil {
		return err
	}
	l.zone = reportingZone
	opt := readOptions{ReportingZone: reportingZone, InputZone: l.job.TimeZone, Threads: l.job.Threads, LinkDir: linkDir, Show: l.show}
	var problems []error
	for _, t := range Tables() {
		source, given := l.job.Tables[t.Name]
		if t.Required && !given {
			problems = append(problems, failure.Errorf(failure.Contract, "table %s is required, and no file for it was given", t.Name))
			continue
		}
		files, bad, err := readTable(ctx, l.engine, t, source, opt)
		if err != nil {
			if ctx.Err() != nil || failure.CodeOf(err) != failure.Contract {
				return err
			}
			problems = append(problems, err)
			continue
		}
		l.files[t.Name], l.quarantined[t.Name] = files, bad
		for _, f := range files {
			if len(f.UnknownColumns) > 0 {
				l.warnings = append(l.warnings, fmt.Sprintf("%s: columns that nothing reads were left out: %s", f.Name, strings.Join(f.UnknownColumns, ", ")))
			}
		}
	}
	return together(problems)
}

// together joins problems into one error of the input contract; nil if there are none.
func together(problems []error) error {
	if len(problems) == 0 {
		return nil
	}
	return failure.Errorf(failure.Contract, "%w", errors.Join(problems...))
}

// refuseBadTables stops where more of a table is bad than its share allows.
func (l *loading) refuseBadTables() error {
	var problems []error
	for _, t := range Tables() {
		bad := l.quarantined[t.Name]
		share, set := l.job.Quarantine[t.Name]
		if !set {
			share = t.MaxShare
		}
		rows := int64(0)
		for _, f := range l.files[t.Name] {
			rows += f.RowsIn
		}
		if len(bad) > 0 && float64(len(bad)) > share*float64(rows) {
			problems = append(problems, fmt.Errorf("%s\n%s: %d of %d rows are bad, more than the share of %g %% that may be quarantined (mend them, or set quarantine: %s)", describe(bad), t.Name, len(bad), rows, share*100, t.Name))
		}
	}
	return together(problems)
}

func (l *loading) allFiles() []File {
	var files []File
	for _, t := range Tables() {
		files = append(files, l.files[t.Name]...)
	}
	return files
}

func (l *loading) inputs() Inputs {
	in := Inputs{Files: l.allFiles(), AsOf: l.asOf, Zone: l.zone, Currency: l.currency, MinorScale: l.scale, Warnings: l.warnings}
	for _, t := range Tables() {
		in.Quarantined = append(in.Quarantined, l.quarantined[t.Name]...)
		count := int64(0)
		for _, f := range l.files[t.Name] {
			count += f.Quarantined
		}
		if t.Name == "touchpoints" {
			count -= l.late // they have a warning of their own
		}
		if count > 0 {
			in.Warnings = append(in.Warnings, fmt.Sprintf("%s: %d rows are in the quarantine (quarantine/%s.csv says why)", t.Name, count, t.Name))
		}
	}
	return in
}

// viewOf is the contract table over its raw table: what later stages read.
func (l *loading) viewOf(t Table) string {
	var columns []string
	for _, c := range t.Columns {
		name := engine.Name(c.Name)
		switch {
		case c.Kind == Currency:
			columns = append(columns, "COALESCE(r."+name+", "+engine.Text(l.currency)+") AS "+name)
		case c.Kind == Money:
			columns = append(columns, moneyInMinor(c.Name)+" AS "+engine.Name(c.Name+"_minor"))
		default:
			for _, f := range c.fields() {
				columns = append(columns, "r."+engine.Name(f.Name))
			}
		}
	}
	from := " FROM " + engine.Name("raw_"+t.Name) + " AS r"
	if slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Kind == Money }) {
		from += " INNER JOIN currencies AS m ON m.currency = COALESCE(r.currency, " + engine.Text(l.currency) + ")"
	}
	return "CREATE OR REPLACE VIEW " + engine.Name(t.Name) + " AS SELECT " + strings.Join(columns, ", ") + from
}

// moneyInMinor turns digits x 10^-scale into minor units of the row's currency, m; settleCurrency has seen that it fits.
func moneyInMinor(column string) string {
	digits, scale := "r."+engine.Name(column+"_digits"), "r."+engine.Name(column+"_scale")
	return "CAST(CAST(" + digits + " AS HUGEINT) * m.minor_per_unit // CAST('1' || REPEAT('0', " + scale + ") AS HUGEINT) AS BIGINT)"
}
