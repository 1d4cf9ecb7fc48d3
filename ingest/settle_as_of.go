package ingest

import (
	"context"
	"fmt"
	"time"

	"tributary/internal/config"
	"tributary/internal/failure"
	"tributary/internal/findings"
)

// happened lists every instant at which something is recorded to have happened, but for the closing of opportunities.
const happened = `
	SELECT 'touchpoints' AS table_name, 'occurred_at' AS column_name, occurred_at AS happened_at, file_number, line FROM raw_touchpoints
	UNION ALL SELECT 'activities', 'occurred_at', occurred_at, file_number, line FROM raw_activities
	UNION ALL SELECT 'stage_history', 'entered_at', entered_at, file_number, line FROM raw_stage_history
	UNION ALL SELECT 'leads', 'created_at', created_at, file_number, line FROM raw_leads
	UNION ALL SELECT 'contacts', 'created_at', created_at, file_number, line FROM raw_contacts
	UNION ALL SELECT 'opportunities', 'created_at', created_at, file_number, line FROM raw_opportunities`

// settleAsOf takes the declared as-of, or finds the newest instant at which something is recorded to have happened and
// refuses it when it stands far after nearly all touches: some date is mistyped. Touches more than a day after as-of are
// then set aside; they do not count against the share of bad rows, since an as-of in the past makes them by intent.
func (l *loading) settleAsOf(ctx context.Context) error {
	switch {
	case l.job.AsOf != nil:
		l.asOf = l.job.AsOf.UTC()
	case l.isUnread("touchpoints", "activities", "stage_history", "leads", "contacts", "opportunities"):
		return nil // any of them may hold it
	default:
		if err := l.findAsOf(ctx); err != nil {
			return err
		}
	}
	return l.setLateAside(ctx)
}

// setLateAside moves touches more than a day after as-of into the engine's table "late_touches", from which WriteQuarantine
// takes them: there may be as many as there are touches.
func (l *loading) setLateAside(ctx context.Context) error {
	if err := l.engine.Exec(ctx, `
		CREATE OR REPLACE TABLE late_touches AS
		SELECT r.touch_id, r.file_number, r.line, CAST(r.occurred_at AS VARCHAR) AS value, CAST(TO_JSON(r) AS VARCHAR) AS content
		FROM raw_touchpoints AS r WHERE r.occurred_at > CAST(? AS TIMESTAMP)`, l.asOf.Add(24*time.Hour)); err != nil {
		return fmt.Errorf("looking for touches after as-of: %w", err)
	}
	found, err := findings.Ask(ctx, l.engine, []findings.Check{{Query: `SELECT touch_id AS key, 1 AS n FROM late_touches`}})
	if err != nil || found[0].Rows == 0 {
		return err
	}
	l.setLateTouches(found[0].Rows, found[0].Examples)
	if err := l.countLate(ctx); err != nil {
		return fmt.Errorf("counting touches after as-of: %w", err)
	}
	return l.engine.Exec(ctx, "DELETE FROM raw_touchpoints AS r USING late_touches AS o WHERE o.file_number = r.file_number AND o.line = r.line")
}

// countLate books the touches after as-of under their files.
func (l *loading) countLate(ctx context.Context) error {
	rows, err := l.engine.Rows(ctx, `SELECT file_number, COUNT(*) FROM late_touches GROUP BY file_number`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var file int
		var count int64
		if err := rows.Scan(&file, &count); err != nil {
			return err
		}
		l.files["touchpoints"][file].Loaded -= count
		l.files["touchpoints"][file].Quarantined += count
	}
	return rows.Err()
}

func (l *loading) setLateTouches(count int64, keys []string) {
	l.lateTouches = findings.Of("touchpoints", "quarantined_after_as_of", findings.Warning, count,
		"touches lie more than 24 h after as-of: they are in the quarantine, and do not count against its share")
	l.lateTouches.Examples = keys
}

func (l *loading) setFarAsOf(count int64, sentence string) {
	l.farAsOf = findings.Of(findings.Run, "as_of_far_from_the_rest", findings.Warning, count,
		"as-of stands more than 366 days after anything else that happened")
	l.farAsOf.Sentence = sentence
}

func (l *loading) findAsOf(ctx context.Context) error {
	closed, err := l.closings(ctx)
	if err != nil {
		return err
	}
	events := happened + "\n\tUNION ALL " + closed
	var table, column string
	var newest time.Time
	var file int
	var line, found int64
	err = l.engine.Row(ctx, `SELECT COUNT(happened_at), COALESCE(MAX(happened_at), TIMESTAMP '1990-01-01') FROM (`+events+`)`, nil, &found, &newest)
	if err != nil {
		return fmt.Errorf("finding as-of: %w", err)
	}
	if found == 0 {
		return failure.Errorf(failure.Contract, "finding as-of: no table records that anything happened (give --as-of)")
	}
	var touches int64
	var usual time.Time
	if err := l.engine.Row(ctx, `SELECT COUNT(*), COALESCE(QUANTILE_DISC(occurred_at, 0.99), TIMESTAMP '9999-01-01') FROM raw_touchpoints`, nil, &touches, &usual); err != nil {
		return fmt.Errorf("finding as-of: %w", err)
	}
	isFar := func(other time.Time) bool { return newest.Sub(other) > 366*24*time.Hour }
	err = l.engine.Row(ctx, `SELECT table_name, column_name, file_number, line FROM (`+events+`) WHERE happened_at = CAST(? AS TIMESTAMP) ORDER BY ALL LIMIT 1`, []any{newest},
		&table, &column, &file, &line)
	if err != nil {
		return fmt.Errorf("finding as-of: %w", err)
	}
	if touches == 0 || !isFar(usual) {
		// Of fewer than a hundred touches the newest one is the 99th percentile, and cannot stand out against itself.
		var previous time.Time
		if err := l.engine.Row(ctx, `SELECT COALESCE(MAX(happened_at), CAST($1 AS TIMESTAMP)) FROM (`+events+`) WHERE happened_at < CAST($1 AS TIMESTAMP)`, []any{newest}, &previous); err != nil {
			return fmt.Errorf("finding as-of: %w", err)
		}
		if isFar(previous) {
			l.setFarAsOf(1, fmt.Sprintf("%s:%d: %s: as-of, %s, stands more than 366 days after anything else that happened: is the date mistyped? (mend it, or give --as-of)",
				l.files[table][file].Name, line, column, newest.UTC().Format(time.RFC3339)))
		}
		l.asOf = newest.UTC()
		return nil
	}
	return failure.Errorf(failure.Contract, "%s:%d: %s: %s stands more than 366 days after 99 %% of the touches (%s): is a date mistyped? (mend it, or give --as-of)",
		l.files[table][file].Name, line, column, newest.UTC().Format(time.RFC3339), usual.UTC().Format(time.DateOnly))
}

// closings is the query for when closed opportunities closed. Closed means what opportunity_facts.sql means: won, or closed.
func (l *loading) closings(ctx context.Context) (string, error) {
	stages, err := l.engine.Texts(ctx, `SELECT DISTINCT stage FROM raw_opportunities ORDER BY 1`)
	if err != nil {
		return "", err
	}
	won, lost := map[string]bool{}, map[string]bool{}
	for _, stage := range l.job.Opportunities.WonStages {
		won[config.PlainWord(stage)] = true
	}
	for _, stage := range l.job.Opportunities.LostStages {
		lost[config.PlainWord(stage)] = true
	}
	if err := l.engine.Exec(ctx, `CREATE OR REPLACE TEMPORARY TABLE stages (stage VARCHAR, is_won BOOLEAN, is_lost BOOLEAN)`); err != nil {
		return "", err
	}
	for _, stage := range stages {
		plain := config.PlainWord(stage)
		if err := l.engine.Exec(ctx, `INSERT INTO stages VALUES (?, ?, ?)`, stage, won[plain], lost[plain]); err != nil {
			return "", err
		}
	}
	return `SELECT 'opportunities', 'closed_at', o.closed_at, o.file_number, o.line
		FROM raw_opportunities AS o INNER JOIN stages AS s ON s.stage = o.stage
		WHERE o.closed_at IS NOT NULL AND (COALESCE(o.is_won, s.is_won) OR COALESCE(o.is_closed, s.is_lost))`, nil
}
