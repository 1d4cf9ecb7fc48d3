package ingest

import (
	"context"
	"fmt"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/findings"
)

// correctionUnknown is the check of corrections of touches that are not there.
const correctionUnknown = "touch_unknown"

// correctTouches puts touches right as touch_corrections says: a touch gets the moment at which it
// happened, or is dropped and counted with the deleted rows of its file. It makes the engine's table
// touch_moments, one row per corrected touch: its channel and campaign as they were recorded,
// recorded_at and happened_at, which is NULL where the touch was dropped.
func (l *loading) correctTouches(ctx context.Context) error {
	if l.isUnread("touchpoints", "touch_corrections") {
		return nil
	}
	touches := *contract.Find("touchpoints")
	statements := []string{
		`CREATE OR REPLACE TABLE touch_moments (touch_id VARCHAR, channel VARCHAR, campaign_id VARCHAR, recorded_at TIMESTAMP, happened_at TIMESTAMP)`,
		`CREATE OR REPLACE TEMPORARY TABLE corrected AS SELECT r.* FROM raw_touchpoints AS r SEMI JOIN raw_touch_corrections AS c ON c.touch_id = r.touch_id`,
		`INSERT INTO touch_moments
		SELECT r.touch_id, r.channel, r.campaign_id, r.occurred_at, CASE WHEN NOT COALESCE(c.dropped, FALSE) THEN c.occurred_at END
		FROM corrected AS r INNER JOIN raw_touch_corrections AS c ON c.touch_id = r.touch_id`,
	}
	isGiven := len(l.files["touch_corrections"]) > 0
	if !isGiven {
		statements = statements[:1]
	}
	for _, statement := range statements {
		if err := l.engine.Exec(ctx, statement); err != nil {
			return fmt.Errorf("correcting touches: %w", err)
		}
	}
	if !isGiven {
		return nil
	}
	found, err := findings.RunChecks(ctx, l.engine, []findings.Check{{Table: "touch_corrections", Name: correctionUnknown, Severity: findings.Warning,
		Meaning: "{correction names a touch_id that is|corrections name a touch_id that is} not in touchpoints",
		Query:   `SELECT c.touch_id AS key, 1 AS n FROM raw_touch_corrections AS c ANTI JOIN touch_moments AS m ON m.touch_id = c.touch_id`}})
	if err != nil {
		return fmt.Errorf("correcting touches: %w", err)
	}
	l.looked["touch_corrections"] = append(l.looked["touch_corrections"], found...)
	if err := l.countDropped(ctx); err != nil {
		return err
	}
	if err := l.remove(ctx, touches, "corrected"); err != nil {
		return fmt.Errorf("correcting touches: %w", err)
	}
	if err := l.engine.Exec(ctx, `INSERT INTO `+rawRead(touches)+`
		SELECT r.* REPLACE (m.happened_at AS occurred_at)
		FROM corrected AS r INNER JOIN touch_moments AS m ON m.touch_id = r.touch_id WHERE m.happened_at IS NOT NULL`); err != nil {
		return fmt.Errorf("correcting touches: %w", err)
	}
	return nil
}

// countDropped books the touches that did not happen under their files.
func (l *loading) countDropped(ctx context.Context) error {
	err := l.book(ctx, "touchpoints", `
		SELECT r.file_number, COUNT(*) FROM corrected AS r
		INNER JOIN touch_moments AS m ON m.touch_id = r.touch_id AND m.happened_at IS NULL GROUP BY r.file_number`, func(f *File, count int64) {
		f.Deduplicated += count
		f.Deleted += count
	})
	if err != nil {
		return fmt.Errorf("correcting touches: %w", err)
	}
	return nil
}
