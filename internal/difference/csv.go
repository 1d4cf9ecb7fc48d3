package difference

import (
	"context"
	"encoding/csv"
	"io"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/spreadsheet"
)

// IsEmpty reports whether no figure differs.
func (c *Comparison) IsEmpty(ctx context.Context) (bool, error) {
	rows, err := c.rows(ctx)
	return rows == 0, err
}

// rows counts the changes.
func (c *Comparison) rows(ctx context.Context) (rows int64, err error) {
	err = c.engine.Row(ctx, "SELECT (SELECT COUNT(*) FROM changes) + (SELECT COUNT(*) FROM cost_changes)", nil, &rows)
	return rows, err
}

// WriteCSV writes every change: one row per cause, conversion, channel, campaign and reason for
// which credit is unattributed; and one per cause, month, channel and campaign of cost, whose
// conversion_type is cost. Amounts and units add up to the difference of the runs.
func (c *Comparison) WriteCSV(ctx context.Context, out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"cause", "conversion_type", "opportunity_type", "opportunity_id", "person_id", "month", "channel", "campaign_id", "unattributed_reason", "model", "currency", "amount", "units"}); err != nil {
		return failure.Writing("writing to standard output: %w", err)
	}
	decimals, _ := contract.Exponent(c.Currency)
	err := c.engine.Each(ctx, `
		SELECT
			cause, conversion_type, COALESCE(opportunity_type, ''), COALESCE(opportunity_id, ''), COALESCE(person_id, ''), CAST(month AS VARCHAR), channel, campaign_id, reason,
			CAST(minor AS VARCHAR), CAST(millionths AS VARCHAR)
		FROM changes
		UNION ALL
		SELECT cause, 'cost', '', '', '', CAST(month AS VARCHAR), channel, campaign_id, '', CAST(micros AS VARCHAR), ''
		FROM cost_changes
		ORDER BY ALL`, func(scan engine.Scan) error {
		var cause int
		var cells [10]string
		if err := scan(&cause, &cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5], &cells[6], &cells[7], &cells[8], &cells[9]); err != nil {
			return err
		}
		record := []string{Cause(cause).String()}
		for _, cell := range cells[:8] {
			record = append(record, spreadsheet.Defuse(cell))
		}
		amount, units := decimal(cells[8], decimals), ""
		if cells[0] == "cost" {
			amount = decimal(cells[8], 6)
		} else {
			units = string(decimal(cells[9], 6))
		}
		if err := w.Write(append(record, c.Model, c.Currency, string(amount), units)); err != nil {
			return failure.Writing("writing to standard output: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return failure.Writing("writing to standard output: %w", err)
	}
	return nil
}
