package ingest

import (
	"context"
	"fmt"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/zone"
)

// touched lists the instants of touchpoints. happened lists the instants of all other events,
// without the closes of opportunities.
var (
	touched  = `SELECT 'touchpoints' AS table_name, 'occurred_at' AS column_name, occurred_at AS happened_at, file_number, line FROM raw_touchpoints`
	happened = queryText("happened")
)

// resolveAsOf takes the declared as-of, or finds it. Touchpoints more than a day after as-of are
// then set aside. They are not counted as bad rows, because a user who sets as-of to a past day
// expects them.
func (l *loading) resolveAsOf(ctx context.Context) error {
	switch {
	case l.job.AsOf != nil:
		l.asOf = l.job.AsOf.UTC()
	case l.isUnread("touchpoints", "activities", "stage_history", "leads", "contacts", "opportunities", "costs"):
		return nil // any of them may hold it
	default:
		if err := l.findAsOf(ctx); err != nil {
			return err
		}
	}
	return l.setLateAside(ctx)
}

// setLateAside moves touchpoints more than a day after as-of into the engine's table
// "late_touches", from which WriteQuarantine writes them. They stay in the engine because there can
// be many.
func (l *loading) setLateAside(ctx context.Context) error {
	if err := l.engine.Exec(ctx, `CREATE OR REPLACE TABLE late_touches (touch_id VARCHAR, file_number INTEGER, line BIGINT, value VARCHAR, content VARCHAR)`); err != nil {
		return err
	}
	if l.job.AsOf == nil {
		return nil // no touch is newer than what the newest event gave
	}
	const late = ` FROM raw_touchpoints AS r WHERE r.occurred_at > CAST(? AS TIMESTAMP)`
	var touches int64
	bound := l.asOf.Add(24 * time.Hour)
	if err := l.engine.Row(ctx, `SELECT COUNT(*)`+late, []any{bound}, &touches); err != nil {
		return fmt.Errorf("looking for touchpoints after as-of: %w", err)
	}
	if touches == 0 {
		return nil // the content of the rows is costly to ask for
	}
	if err := l.engine.Exec(ctx, `INSERT INTO late_touches
		SELECT r.touch_id, r.file_number, r.line, CAST(r.occurred_at AS VARCHAR), CAST(TO_JSON(r) AS VARCHAR)`+late, bound); err != nil {
		return fmt.Errorf("looking for touchpoints after as-of: %w", err)
	}
	found, err := findings.RunChecks(ctx, l.engine, []findings.Check{{Query: `SELECT touch_id AS key, 1 AS n FROM late_touches`}})
	if err != nil || found[0].Rows == 0 {
		return err
	}
	l.setLateTouches(found[0].Rows, found[0].Examples)
	if err := l.countLate(ctx); err != nil {
		return fmt.Errorf("counting touchpoints after as-of: %w", err)
	}
	return l.remove(ctx, *contract.Find("touchpoints"), "late_touches")
}

// countLate adds the touchpoints after as-of to the counts of their files.
func (l *loading) countLate(ctx context.Context) error {
	return l.book(ctx, "touchpoints", `SELECT file_number, COUNT(*) FROM late_touches GROUP BY file_number`, func(f *File, count int64) {
		f.Quarantined += count
	})
}

func (l *loading) setLateTouches(count int64, keys []string) {
	l.lateTouches = findings.Of("touchpoints", "quarantined_after_as_of", findings.Warning, count,
		"{touchpoint is|touchpoints are} more than 24 hours after as-of and in the quarantine; {it does|they do} not count against the share that may be quarantined")
	l.lateTouches.Examples = keys
}

func (l *loading) setFarAsOf(count int64, sentence string) {
	l.farAsOf = findings.Of(findings.Run, "as_of_far_from_the_rest", findings.Warning, count,
		"as-of is more than 366 days after anything else that happened")
	l.farAsOf.Sentence, l.farAsOf.Remedy = sentence, "correct the date if it is mistyped, or set --as-of"
}

// How long after all other events the close of a closed opportunity can be and still move as-of,
// and how long after these a daily cost can be.
const (
	closesWithin = 92 * 24 * time.Hour
	costsWithin  = 31 * 24 * time.Hour
)

// A happening is an event of the data, with its place in the input.
type happening struct {
	at            time.Time
	table, column string
	file          int
	line          int64
}

// findAsOf takes the newest event. The close of a closed opportunity can move it by at most a
// quarter more, and then a daily cost by at most a month more: a close that somebody entered half a
// year ahead does not show which day it is. A close without a time and a daily cost are within
// these limits if the beginning of their day is, because they can be at any instant of that day.
func (l *loading) findAsOf(ctx context.Context) error {
	newest, found, err := l.newest(ctx, touched+" UNION ALL "+happened, nil)
	if err != nil {
		return err
	}
	if !found {
		return failure.Errorf(failure.Contract, "finding as-of: no table has a date of an event\nhint: give --as-of")
	}
	closed, err := l.closings(ctx)
	if err != nil {
		return err
	}
	spent, err := l.dailyCosts(ctx)
	if err != nil {
		return err
	}
	for _, source := range []struct {
		events string
		within time.Duration
	}{{closed, closesWithin}, {spent, costsWithin}} {
		bound := newest.at.Add(source.within)
		later, found, err := l.newest(ctx, source.events, &bound)
		if err != nil {
			return err
		}
		if found && later.at.After(newest.at) {
			newest = later
		}
	}
	if err := l.refuseFarAsOf(ctx, newest, happened+"\n\tUNION ALL SELECT table_name, column_name, happened_at, file_number, line FROM ("+closed+")"); err != nil {
		return err
	}
	l.asOf = newest.at.UTC()
	return nil
}

// newest finds the newest of some events; of several at one instant the first by table, column,
// file and line. With a bound, events have begins_at, the beginning of their day where they have no
// time, and it is not after the bound.
func (l *loading) newest(ctx context.Context, events string, bound *time.Time) (h happening, found bool, err error) {
	query := "SELECT happened_at, table_name, column_name, file_number, line FROM (" + events + ") WHERE happened_at IS NOT NULL"
	var args []any
	if bound != nil {
		query, args = query+" AND begins_at <= CAST(? AS TIMESTAMP)", []any{*bound}
	}
	err = l.engine.Each(ctx, query+" ORDER BY happened_at DESC, table_name, column_name, file_number, line LIMIT 1", func(scan engine.Scan) error {
		found = true
		return scan(&h.at, &h.table, &h.column, &h.file, &h.line)
	}, args...)
	if err != nil {
		return h, false, fmt.Errorf("finding as-of: %w", err)
	}
	return h, found, nil
}

// refuseFarAsOf returns an error if as-of is far after nearly all touchpoints; events are all other
// events that can have moved it. With fewer than a hundred touchpoints, the newest one is the 99th
// percentile itself. In that case it is a warning if as-of is far after every other event.
func (l *loading) refuseFarAsOf(ctx context.Context, asOf happening, events string) error {
	const year = 366 * 24 * time.Hour
	isFar := func(other time.Time) bool { return asOf.at.Sub(other) > year }
	var touches, old int64
	var previous, other *time.Time // nil: none
	if err := l.engine.Row(ctx, `
		SELECT COUNT(*), COUNT(*) FILTER (WHERE happened_at < CAST($1 AS TIMESTAMP)), MAX(happened_at) FILTER (WHERE happened_at < CAST($2 AS TIMESTAMP))
		FROM (`+touched+`)`, []any{asOf.at.Add(-year), asOf.at}, &touches, &old, &previous); err != nil {
		return fmt.Errorf("finding as-of: %w", err)
	}
	if old > touches/100*98 { // a percentile takes a sort, and can be far only where nearly all touches are
		var usual time.Time
		if err := l.engine.Row(ctx, `SELECT COALESCE(QUANTILE_DISC(occurred_at, 0.99), TIMESTAMP '9999-01-01') FROM raw_touchpoints`, nil, &usual); err != nil {
			return fmt.Errorf("finding as-of: %w", err)
		}
		if isFar(usual) {
			return failure.Errorf(failure.Contract, "%s:%d: %s: %s is more than 366 days after 99 %% of the touchpoints (%s): is a date mistyped?\nhint: correct the date, or give --as-of",
				l.files[asOf.table][asOf.file].Name, asOf.line, asOf.column, asOf.at.UTC().Format(time.RFC3339), usual.UTC().Format(time.DateOnly))
		}
	}
	if err := l.engine.Row(ctx, `SELECT MAX(happened_at) FROM (`+events+`) WHERE happened_at < CAST(? AS TIMESTAMP)`, []any{asOf.at}, &other); err != nil {
		return fmt.Errorf("finding as-of: %w", err)
	}
	if previous == nil || other != nil && other.After(*previous) {
		previous = other
	}
	if previous != nil && isFar(*previous) {
		l.setFarAsOf(1, fmt.Sprintf("%s:%d: %s: as-of, %s, is more than 366 days after anything else that happened",
			l.files[asOf.table][asOf.file].Name, asOf.line, asOf.column, asOf.at.UTC().Format(time.RFC3339)))
	}
	return nil
}

// dailyCosts makes the engine's table "day_bounds", one row per day that is the only one of a cost,
// with its first and last microsecond in the reporting zone, and returns the query for these costs.
func (l *loading) dailyCosts(ctx context.Context) (string, error) {
	days, err := l.engine.Texts(ctx, `SELECT DISTINCT CAST(ends_on AS VARCHAR) FROM raw_costs WHERE starts_on = ends_on ORDER BY 1`)
	if err != nil {
		return "", err
	}
	if err := l.engine.Exec(ctx, `CREATE OR REPLACE TEMPORARY TABLE day_bounds (day DATE, begins_at TIMESTAMP, ends_at TIMESTAMP)`); err != nil {
		return "", err
	}
	for _, text := range days {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return "", fmt.Errorf("reading the days of costs: %w", err)
		}
		begin := zone.StartOfDay(day.Year(), day.Month(), day.Day(), l.zone)
		end := zone.StartOfDay(day.Year(), day.Month(), day.Day()+1, l.zone).Add(-time.Microsecond)
		if err := l.engine.Exec(ctx, `INSERT INTO day_bounds VALUES (CAST(? AS DATE), CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP))`, text, begin.UTC(), end.UTC()); err != nil {
			return "", err
		}
	}
	return `SELECT 'costs' AS table_name, 'ends_on' AS column_name, d.ends_at AS happened_at, d.begins_at, k.file_number, k.line
		FROM raw_costs AS k INNER JOIN day_bounds AS d ON d.day = k.ends_on WHERE k.starts_on = k.ends_on`, nil
}

// closings is the query for when closed opportunities closed. Closed means what
// opportunity_facts.sql means: won, or closed.
func (l *loading) closings(ctx context.Context) (string, error) {
	stages, err := l.engine.Texts(ctx, `SELECT DISTINCT stage FROM raw_opportunities ORDER BY 1`)
	if err != nil {
		return "", err
	}
	won, lost := map[string]bool{}, map[string]bool{}
	for _, stage := range l.job.Opportunities.WonStages {
		won[contract.PlainWord(stage)] = true
	}
	for _, stage := range l.job.Opportunities.LostStages {
		lost[contract.PlainWord(stage)] = true
	}
	if err := l.engine.Exec(ctx, `CREATE OR REPLACE TEMPORARY TABLE stages (stage VARCHAR, is_won BOOLEAN, is_lost BOOLEAN)`); err != nil {
		return "", err
	}
	for _, stage := range stages {
		plain := contract.PlainWord(stage)
		if err := l.engine.Exec(ctx, `INSERT INTO stages VALUES (?, ?, ?)`, stage, won[plain], lost[plain]); err != nil {
			return "", err
		}
	}
	return `SELECT 'opportunities' AS table_name, 'closed_at' AS column_name, o.closed_at AS happened_at,
			o.closed_at - TO_MICROSECONDS(o.closed_at_span_us) AS begins_at, o.file_number, o.line
		FROM raw_opportunities AS o INNER JOIN stages AS s ON s.stage = o.stage
		WHERE o.closed_at IS NOT NULL AND (COALESCE(o.is_won, s.is_won) OR COALESCE(o.is_closed, s.is_lost))`, nil
}
