package main

import (
	"context"
	"io"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/reports"
)

// writeCSV writes the rows of a query as CSV: exact, or for Excel.
func (v reportView) writeCSV(ctx context.Context, eng *engine.Engine, query string, out io.Writer) error {
	switch {
	case v.excel && v.csvRaw:
		return failure.Errorf(failure.Usage, "use either --excel or --csv-raw, not both: Excel would run what --csv-raw leaves as it is")
	case v.excel:
		return reports.WriteExcelCSV(ctx, eng, query, out)
	}
	return reports.WriteCSV(ctx, eng, query, out, v.csvRaw)
}

// checkExcel refuses --excel without CSV.
func (v reportView) checkExcel() error {
	if v.excel && v.format != "csv" {
		return failure.Errorf(failure.Usage, "--excel works only with CSV\nhint: add --format csv, or open report.xlsx of the run, which has every report")
	}
	return nil
}
