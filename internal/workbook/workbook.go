// Package workbook writes the reports of a run as one Excel workbook: a sheet about the run, two
// charts, the definitions of all columns, and one sheet for each report.
package workbook

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/published"
)

// File is the name of the workbook in a run.
const File = "report.xlsx"

// Write writes the workbook into the directory of a run.
func Write(ctx context.Context, run *published.Run) error {
	return To(ctx, run, filepath.Join(run.Directory, File))
}

// To writes the workbook of a run to a file, and replaces one that is there. The same run gives the
// same bytes.
func To(ctx context.Context, run *published.Run, path string) error {
	settings, err := published.Settings(run.Directory)
	if err != nil {
		return err
	}
	if run.Manifest.Reports == "" { // a run of a version that did not write the digest
		if run.Manifest.Reports, err = published.Digest(run.Directory); err != nil {
			return err
		}
	}
	decimals, isKnown := contract.Exponent(run.Manifest.ReportingCurrency)
	if !isKnown {
		decimals = 2
	}
	b, err := newBook(decimals, filepath.Dir(path))
	if err != nil {
		return err
	}
	defer b.file.Close()
	if err := b.fill(ctx, run, settings.PrimaryModel); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return b.save(path)
}

// fill writes every sheet. The first one is written last: it says what the others left out.
func (b *book) fill(ctx context.Context, run *published.Run, primary string) error {
	var listed []listing
	first := definitionsHeader + 1 // the row of the next definition
	for _, report := range run.Reports {
		columns, err := columnsOf(ctx, run, report)
		if err != nil {
			return err
		}
		listed = append(listed, listing{report: report, columns: columns, definition: first})
		first += len(columns)
	}
	names := []string{about, charts, definitions}
	for _, l := range listed {
		names = append(names, l.report.Name)
	}
	if err := b.addSheets(names); err != nil {
		return err
	}
	for i := range listed {
		rows, err := rowsOf(ctx, run, listed[i], primary)
		if err != nil {
			return err
		}
		if listed[i].left, err = b.writeReport(listed[i], rows); err != nil {
			return fmt.Errorf("sheet %s: %w", listed[i].report.Name, err)
		}
		listed[i].total, listed[i].written = rows.total, len(rows.cells)
	}
	if err := b.writeDefinitions(listed); err != nil {
		return err
	}
	if err := b.writeCharts(ctx, run, primary); err != nil {
		return err
	}
	return b.writeAbout(ctx, run, primary, listed)
}
