package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tributary/attribution"
	"tributary/ingest"
	"tributary/internal/config"
	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/findings"
	"tributary/internal/runs"
	"tributary/reports"
)

// manifestOf writes the configuration as resolved beside the reports, and puts together what the run has to say of itself.
func manifestOf(ctx context.Context, eng *engine.Engine, r *runs.Run, job config.Job, in ingest.Inputs, result attribution.Result, written reports.Written, found []findings.Finding) (runs.Manifest, error) {
	resolved, err := job.Marshal()
	if err != nil {
		return runs.Manifest{}, fmt.Errorf("writing config.yaml: %w", err)
	}
	if err := os.WriteFile(filepath.Join(r.Staging(), "config.yaml"), resolved, 0o600); err != nil {
		return runs.Manifest{}, failure.Writing("writing config.yaml: %w", err)
	}
	v, err := versions(ctx, eng)
	if err != nil {
		return runs.Manifest{}, err
	}
	digest := sha256.Sum256(resolved)
	m := runs.Manifest{
		Program: v.Program, Engines: map[string]string{"duckdb": v.DuckDB, "arrow": v.Arrow},
		Configuration: hex.EncodeToString(digest[:]),
		AsOf:          in.AsOf.Format(time.RFC3339Nano), ReportingCurrency: in.Currency, CSVRaw: job.CSVRaw,
		Warnings: findings.Warnings(found),
	}
	for _, f := range in.Files {
		m.Inputs = append(m.Inputs, runs.Input{
			Table: f.Table, File: f.Name, SHA256: f.SHA256, Bytes: f.Bytes,
			RowsIn: f.RowsIn, Loaded: f.Loaded, Quarantined: f.Quarantined, Deduplicated: f.Deduplicated,
		})
	}
	for _, t := range written.Totals {
		m.Totals = append(m.Totals, runs.Total{
			ConversionType: t.ConversionType, OpportunityType: t.OpportunityType, Model: t.Model, Currency: t.Currency,
			Total: t.Total, Attributed: t.Attributed, Unattributed: t.Unattributed,
			TotalUnits: t.TotalCount, AttributedUnits: t.AttributedCount, UnattributedUnits: t.UnattributedCount,
		})
	}
	for _, c := range append(result.Checks, written.Checks...) {
		m.Checks = append(m.Checks, runs.Check{Name: c.Name, Promise: c.Doc, OK: true})
	}
	return m, nil
}
