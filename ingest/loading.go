package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/ingest/value"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/words"
)

// A Problem is what breaks the input contract: of a table, or of several together.
type Problem struct {
	Table string // empty: of several
	Err   error  // one line for each thing that is wrong
}

// A loading is the state of Examine.
type loading struct {
	engine      *engine.Engine
	job         config.Job
	show        *progress.Display
	files       map[string][]File
	unread      []string // tables of which a file could not be read; they stand empty
	quarantined map[string][]Quarantined
	unreadable  map[string]error // why a table could not be read
	problems    []Problem        // all others

	asOf     time.Time // zero until it is resolved
	zone     *time.Location
	currency string // empty until it is resolved
	scale    int

	looked          map[string][]findings.Finding // what look found, by table
	lateTouches     findings.Finding              // touches set aside as after as-of
	farAsOf         findings.Finding
	unnamedCurrency findings.Finding
}

func newLoading(eng *engine.Engine, job config.Job, show *progress.Display) *loading {
	l := &loading{engine: eng, job: job, show: show, files: map[string][]File{}, quarantined: map[string][]Quarantined{}, looked: map[string][]findings.Finding{}, unreadable: map[string]error{}}
	l.setLateTouches(0, nil)
	l.setFarAsOf(0, "")
	l.setUnnamedCurrency(0)
	return l
}

// keepProblem keeps an error of the input contract as a problem, and returns any other error.
func (l *loading) keepProblem(ctx context.Context, table string, err error) error {
	if err == nil || ctx.Err() != nil || failure.CodeOf(err) != failure.Contract {
		return err
	}
	l.problems = append(l.problems, Problem{Table: table, Err: err})
	return nil
}

// bySize parts the tables: those that may have a row for every touch or activity are read last.
func bySize() (small, large []contract.Table) {
	for _, t := range contract.Tables() {
		if t.Name == "touchpoints" || t.Name == "activities" {
			large = append(large, t)
		} else {
			small = append(small, t)
		}
	}
	return small, large
}

func (l *loading) options(linkDir string) (readOptions, error) {
	var err error
	l.zone, err = value.LoadZone(l.job.Reporting.TimeZone, "reporting.time_zone")
	return readOptions{ReportingZone: l.zone, InputZone: l.job.TimeZone, Threads: l.job.Threads, LinkDir: linkDir, Show: l.show}, err
}

// readAll reads tables. One that cannot be read stays empty, so that problems of the others are found
// too.
func (l *loading) readAll(ctx context.Context, tables []contract.Table, opt readOptions) error {
	for _, t := range tables {
		sources := l.job.Tables[t.Name]
		read := readTable
		if t.Name == contract.ControlTotals && len(l.job.ControlTotals) > 0 {
			read = l.readGivenTotals
		}
		files, bad, err := read(ctx, l.engine, t, sources, opt)
		l.files[t.Name], l.quarantined[t.Name] = files, bad
		if err == nil {
			continue
		}
		if ctx.Err() != nil || failure.CodeOf(err) != failure.Contract {
			return err
		}
		l.unreadable[t.Name] = err
		l.unread = append(l.unread, t.Name)
		l.files[t.Name] = slices.DeleteFunc(files, func(f File) bool { return f.Name == "" })
		if _, _, err := readTable(ctx, l.engine, t, nil, opt); err != nil {
			return err
		}
	}
	l.dropColumnsReadByOthers(tables)
	return nil
}

// openAll finds the files that cannot be opened before the first of them is read.
func (l *loading) openAll(tables []contract.Table) error {
	for _, t := range tables {
		for _, source := range l.job.Tables[t.Name].InputFiles() {
			for i, name := range source.Files {
				file, err := openFile(name, source.Paths[i])
				if failure.CodeOf(err) == failure.IO {
					return err
				}
				if err == nil {
					_ = file.file.Close()
				}
			}
		}
	}
	return nil
}

// isRefused reports whether a run is refused for what is known before the large tables are read.
func (l *loading) isRefused() bool { return len(l.allProblems()) > 0 }

// allProblems are the tables that could not be read, in their order, and then what else is wrong.
func (l *loading) allProblems() []Problem {
	var all []Problem
	for _, t := range contract.Tables() {
		if err := l.unreadable[t.Name]; err != nil {
			all = append(all, Problem{Table: t.Name, Err: err})
		}
	}
	return append(all, l.problems...)
}

// Together joins problems into one error of the input contract; nil if there are none.
func Together(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	var all []error
	for _, p := range problems {
		all = append(all, p.Err)
	}
	return failure.Errorf(failure.Contract, "%w", errors.Join(all...))
}

// refuseBadTables finds the tables of which more is bad than their share allows.
func (l *loading) refuseBadTables(context.Context) error {
	for _, t := range contract.Tables() {
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
			l.problems = append(l.problems, Problem{Table: t.Name, Err: fmt.Errorf("%s\n%s: %s of %s %s bad, more than the %g %% that may be quarantined\nhint: fix them, or raise quarantine.%s",
				describe(bad), t.Name, words.Number(len(bad)), words.Count(rows, "row"), words.Choose(len(bad), "is", "are"), share*100, t.Name)})
		}
	}
	return nil
}

// isUnread reports whether any of these tables could not be read.
func (l *loading) isUnread(tables ...string) bool {
	return slices.ContainsFunc(l.unread, func(name string) bool { return slices.Contains(tables, name) })
}

func (l *loading) isComplete() bool {
	return len(l.unread) == 0 && l.currency != "" && !l.asOf.IsZero()
}

func (l *loading) allFiles() []File {
	var files []File
	for _, t := range contract.Tables() {
		files = append(files, l.files[t.Name]...)
	}
	return files
}

func (l *loading) inputs() Inputs {
	in := Inputs{Files: l.allFiles(), AsOf: l.asOf, Zone: l.zone, Currency: l.currency, MinorScale: l.scale, IsComplete: l.isComplete(), Findings: l.findings()}
	for _, t := range contract.Tables() {
		in.Quarantined = append(in.Quarantined, l.quarantined[t.Name]...)
	}
	return in
}
