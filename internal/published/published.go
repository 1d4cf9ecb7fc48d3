// Package published opens the reports of one run for whoever presents them: the page, the workbook,
// queries. It reads files and changes none.
package published

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/reports"
)

// A Run is a run whose reports are views of a locked engine, each under the name of its report.
type Run struct {
	Directory string // of the run: OUT/runs/ID, or where it is staged
	Manifest  runs.Manifest
	Engine    *engine.Engine
	Reports   []reports.Report // those that the run has, in the order of reports.All
}

// Open opens the run in a directory that the manifest describes. A report that this version knows
// and the run does not have is left out: the run is of an earlier version.
func Open(ctx context.Context, directory string, manifest runs.Manifest) (*Run, error) {
	// Reports are small: further threads would cost more than they save.
	eng, err := engine.Open(ctx, engine.Options{Threads: 1, Directories: []string{directory}})
	if err != nil {
		return nil, err
	}
	r := &Run{Directory: directory, Manifest: manifest, Engine: eng}
	for _, report := range reports.All() {
		file := ReportFile(report.Name)
		if !Has(directory, file) {
			continue
		}
		if err := View(ctx, eng, report.Name, directory, file, "report "+report.Name+": its file"); err != nil {
			eng.Close()
			return nil, err
		}
		r.Reports = append(r.Reports, report)
	}
	return r, nil
}

// Close releases the engine.
func (r *Run) Close() error { return r.Engine.Close() }

// Has tells whether the run has a report of that name.
func (r *Run) Has(report string) bool {
	return slices.ContainsFunc(r.Reports, func(known reports.Report) bool { return known.Name == report })
}

// A Table is the answer of a query, which fits in memory.
type Table struct {
	Columns []string
	Rows    [][]reports.Cell
}

// Read reads the whole answer of a query over the views.
func (r *Run) Read(ctx context.Context, query string) (Table, error) {
	var t Table
	err := reports.Rows(ctx, r.Engine, query,
		func(names []string) error {
			t.Columns = slices.Clone(names)
			return nil
		},
		func(cells []reports.Cell) error {
			t.Rows = append(t.Rows, slices.Clone(cells))
			return nil
		})
	if err != nil {
		return Table{}, fmt.Errorf("reading the run: %w", err)
	}
	return t, nil
}
