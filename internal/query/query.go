// Package query answers SQL about one published run: one SELECT over its reports and its credit, in
// a locked engine that can open nothing else. It shows neither ids nor e-mails of persons, unless
// it is opened with them.
package query

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
)

// Options say what a run shows.
type Options struct {
	Personal    bool   // ids and e-mails of persons, and the tables of the run
	MemoryLimit string // of the engine that answers, as DuckDB writes sizes ("4GB"); empty: its own default
}

// A Run is a published run that answers questions. It holds no file open.
type Run struct {
	published.Facts
	Views []View // in the order in which they are listed

	options Options
}

// Open opens the run in a directory. A report that this version knows and the run does not have is
// no view of it: the run is of an earlier version.
func Open(directory string, o Options) (*Run, error) {
	facts, err := published.ReadFacts(directory)
	if err != nil {
		return nil, err
	}
	r := &Run{Facts: facts, options: o}
	for _, v := range append(reportViews(o.Personal), creditsView(o.Personal)) {
		if published.Has(directory, v.file) {
			r.Views = append(r.Views, v)
		}
	}
	r.Views = append(r.Views, dictionaryView())
	if o.Personal {
		r.Views = append(r.Views, r.tableViews()...)
	}
	return r, nil
}

// IsPersonal reports whether the run shows ids and e-mails of persons.
func (r *Run) IsPersonal() bool { return r.options.Personal }

// View returns the view of that name, or nil.
func (r *Run) View(name string) *View {
	if i := slices.IndexFunc(r.Views, func(v View) bool { return v.Name == name }); i >= 0 {
		return &r.Views[i]
	}
	return nil
}

// Names are the names of all views.
func (r *Run) Names() []string {
	var names []string
	for _, v := range r.Views {
		names = append(names, v.Name)
	}
	return names
}

// source opens the engine that runs the program's own statements over the files of these views. No
// text of a user comes near it.
func (r *Run) source(ctx context.Context, views []View) (*engine.Engine, error) {
	return engine.Open(ctx, engine.Options{Threads: 1, Files: r.files(views)})
}

// files are the paths of the views' files.
func (r *Run) files(views []View) []string {
	var files []string
	for _, v := range views {
		if v.file != "" {
			files = append(files, filepath.Join(r.Directory, v.file))
		}
	}
	return files
}
