package difference

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/replay"
	"github.com/tributary-engine/tributary/internal/spreadsheet"
)

// Bridge writes bridge.csv and bridge.parquet, which say why the revenue of closed months, and its credit by the primary model, differ from
// an earlier run: one row per month, channel, campaign and reason that the earlier run published
// (cause "before"), one per cause and opportunity, and one of what this run publishes ("after").
// before and all causes add up to after.
func Bridge(ctx context.Context, span job.BridgeSpan, show *progress.Display) (err error) {
	from, err := replay.Open(span.Before)
	if err != nil {
		return err
	}
	to, err := replay.OpenStaged(span.Staged, "after", span.Manifest)
	if err != nil {
		return err
	}
	to.Job.Threads, to.Job.MemoryLimit, to.Job.TempDir = span.Job.Threads, span.Job.MemoryLimit, span.Job.TempDir
	c, err := Compare(ctx, from, to, to.Job.PrimaryModel, show)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return c.writeBridge(ctx, span.Staged, span.Through)
}

func (c *Comparison) writeBridge(ctx context.Context, directory, through string) error {
	decimals, _ := contract.Exponent(c.Currency)
	perUnit := "1"
	if decimals > 0 {
		perUnit = fmt.Sprintf("CAST(0.%s1 AS DECIMAL(%d, %d))", strings.Repeat("0", decimals-1), decimals, decimals)
	}
	names := []string{"WHEN -1 THEN 'before'", "WHEN -2 THEN 'after'"}
	for _, cause := range Causes() {
		names = append(names, fmt.Sprintf("WHEN %d THEN %s", int(cause), engine.Text(cause.String())))
	}
	query := queryText("bridge", "{every_figure}", everyFigure, "{through}", engine.Text(through), "{names}", strings.Join(names, " "), "{earlier_run}", engine.Text(c.From.ID), "{model}", engine.Text(c.Model), "{currency}", engine.Text(c.Currency), "{per_unit}", perUnit)
	if err := c.engine.Exec(ctx, "COPY ("+query+") TO "+engine.Text(filepath.Join(directory, "bridge.parquet"))+" (FORMAT parquet, COMPRESSION zstd)"); err != nil {
		return failure.Writing("writing bridge.parquet: %w", err)
	}
	return c.writeBridgeCSV(ctx, filepath.Join(directory, "bridge.csv"), query)
}

// writeBridgeCSV writes the rows of the bridge for a spreadsheet.
func (c *Comparison) writeBridgeCSV(ctx context.Context, path, query string) (err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return failure.Writing("writing bridge.csv: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := csv.NewWriter(file)
	header := []string{"cause", "month", "opportunity_type", "opportunity_id", "channel", "campaign_id", "unattributed_reason", "earlier_run", "model", "currency", "amount"}
	if err := w.Write(header); err != nil {
		return failure.Writing("writing bridge.csv: %w", err)
	}
	err = c.engine.Each(ctx, "SELECT COALESCE(CAST(COLUMNS(*) AS VARCHAR), '') FROM ("+query+")", func(scan engine.Scan) error {
		record, into := make([]string, len(header)), make([]any, len(header))
		for i := range record {
			into[i] = &record[i]
		}
		if err := scan(into...); err != nil {
			return err
		}
		for i := range record[:len(record)-1] {
			record[i] = spreadsheet.Defuse(record[i])
		}
		if err := w.Write(record); err != nil {
			return failure.Writing("writing bridge.csv: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return failure.Writing("writing bridge.csv: %w", err)
	}
	return nil
}
