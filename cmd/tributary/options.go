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
	"tributary/internal/runs"
	"tributary/reports"
)

// contractTables tells the configuration which tables and columns there are.
func contractTables() []config.Table {
	var tables []config.Table
	for _, t := range ingest.Tables() {
		known := config.Table{Name: t.Name, Required: t.Required}
		for _, c := range t.Columns {
			known.Columns = append(known.Columns, c.Name)
		}
		tables = append(tables, known)
	}
	return tables
}

func attributionOptions(job config.Job, in ingest.Inputs) attribution.Options {
	return attribution.Options{
		AsOf: in.AsOf, Zone: in.Zone, Currency: in.Currency, From: job.Reporting.From, To: job.Reporting.To, Credits: job.Credits,
		People: job.People, BuyingGroup: job.BuyingGroup, Journey: job.Journey, Opportunities: job.Opportunities,
		SalesChannels: job.SalesChannels, FunnelStages: job.FunnelStages,
	}
}

func reportOptions(job config.Job, in ingest.Inputs) reports.Options {
	o := reports.Options{
		MinorScale: in.MinorScale, PrimaryModel: job.PrimaryModel, PeriodStart: job.Reporting.From, PeriodEnd: job.Reporting.To,
		Credits: job.Credits, PublishTables: job.PublishTables, CSVRaw: job.CSVRaw,
	}
	if o.PeriodEnd == "" {
		o.PeriodEnd = in.AsOf.In(in.Zone).Format(time.DateOnly)
	}
	for _, t := range ingest.Tables() {
		o.Tables = append(o.Tables, t.Name)
	}
	return o
}

// manifestOf writes the configuration as resolved beside the reports, and puts together what the run has to say of itself.
func manifestOf(ctx context.Context, eng *engine.Engine, r *runs.Run, job config.Job, in ingest.Inputs, result attribution.Result, written reports.Written) (runs.Manifest, error) {
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
		Warnings: append(in.Warnings, result.Warnings...),
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
