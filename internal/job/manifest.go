package job

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/ingest"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/internal/version"
)

// manifestOf writes the configuration as resolved beside the reports, and puts together what the
// run has to say of itself.
func manifestOf(ctx context.Context, a *attempt) (runs.Manifest, error) {
	job, in := a.job, a.inputs
	resolved, err := job.Marshal()
	if err != nil {
		return runs.Manifest{}, fmt.Errorf("writing config.yaml: %w", err)
	}
	if err := os.WriteFile(filepath.Join(a.run.Staging(), "config.yaml"), resolved, 0o600); err != nil {
		return runs.Manifest{}, failure.Writing("writing config.yaml: %w", err)
	}
	v, err := version.Read(ctx, a.engine)
	if err != nil {
		return runs.Manifest{}, err
	}
	digest := sha256.Sum256(resolved)
	m := runs.Manifest{
		Program: v.Program, Engines: map[string]string{"duckdb": v.DuckDB, "arrow": v.Arrow},
		Configuration: hex.EncodeToString(digest[:]),
		AsOf:          in.AsOf.Format(time.RFC3339Nano), ReportingCurrency: in.Currency, CSVRaw: job.CSVRaw,
		Overrides: a.options.Overrides,
	}
	for _, f := range in.Files {
		m.Inputs = append(m.Inputs, inputOf(f))
	}
	for _, accepted := range a.accepted {
		m.Accepted = append(m.Accepted, runs.Acceptance{Code: accepted.Code, Table: accepted.Table, Reason: accepted.Reason})
	}
	for _, t := range a.written.Totals {
		m.Totals = append(m.Totals, runs.Total{
			ConversionType: t.ConversionType, OpportunityType: t.OpportunityType, Model: t.Model, Currency: t.Currency,
			Total: json.Number(t.Total), Attributed: json.Number(t.Attributed), Unattributed: json.Number(t.Unattributed),
			TotalUnits: json.Number(t.TotalCount), AttributedUnits: json.Number(t.AttributedCount), UnattributedUnits: json.Number(t.UnattributedCount),
		})
	}
	for _, c := range slices.Concat(a.result.Checks, a.written.Checks) {
		m.Checks = append(m.Checks, runs.Check{Name: c.Name, Promise: c.Doc, OK: true})
	}
	return m, nil
}

// inputOf is a file of the manifest; that of a SELECT names the files that it read.
func inputOf(f ingest.File) runs.Input {
	in := runs.Input{
		Table: f.Table, File: f.Name, SHA256: f.SHA256, Bytes: f.Bytes,
		RowsIn: f.RowsIn, Loaded: f.Loaded, Quarantined: f.Quarantined, Deduplicated: f.Deduplicated,
	}
	for _, from := range f.From {
		in.From = append(in.From, inputOf(from))
	}
	return in
}
