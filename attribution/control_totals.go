package attribution

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/internal/zone"
)

// controlled lists the tables that control totals can be given for. Each query returns the day or
// the instant of a row, its currency, the number of rows that it represents, and their amount in
// millionths, in that currency and converted as in reports. unpriced marks an amount without an
// exchange rate. Rows after as-of count too, because a control total is about the delivered input.
var controlled = map[string]struct{ at, query string }{
	"touchpoints": {inSegment, `
		SELECT EPOCH_US(occurred_at) AS us, 1 AS n FROM touchpoints
		UNION ALL SELECT EPOCH_US(CAST(value AS TIMESTAMP)), 1 FROM late_touches`},
	"leads":         {inSegment, `SELECT EPOCH_US(created_at) AS us, 1 AS n FROM leads`},
	"contacts":      {inSegment, `SELECT EPOCH_US(created_at) AS us, 1 AS n FROM contacts`},
	"activities":    {inSegment, `SELECT EPOCH_US(occurred_at) AS us, 1 AS n FROM activities`},
	"stage_history": {inSegment, `SELECT EPOCH_US(entered_at) AS us, 1 AS n FROM stage_history`},
	// Won opportunities, at closed_at or, without it, at the instant of stage_history.
	"opportunities": {inSegment, queryText("control_opportunities")},
	// Whole rows, at their first day.
	"costs": {`x.day BETWEEN s.first_day AND s.last_day`, `
		SELECT starts_on AS day, currency, 1 AS n, CAST(amount_micros AS HUGEINT) AS micros, NULL AS reporting_micros, FALSE AS unpriced FROM costs
		UNION ALL SELECT starts_on, currency, 0, NULL, micros, rate_missing FROM cost_runs`},
}

const inSegment = `x.us >= s.from_us AND x.us < s.until_us`

// A controlLine is one control total: the rows and the amount of a table in a period, as finance has
// them.
type controlLine struct {
	place, command string // for messages
	lost           string // rows of the table that do not count, in words
	table          string
	from, to       time.Time // days, both included
	rows           *int64    // nil: not given
	minor          *int64    // the amount, in minor units of the currency; nil: not given
	currency       findings.Currency
	isOneCurrency  bool  // only rows of the currency count; else all of them, converted
	tolerance      int64 // in millionths: of a row, and of a unit of the currency
}

// A segment is a stretch of days in one month that is completely inside or outside of the period of
// every line.
type segment struct{ first, last time.Time }

// controlRows are the rows of a table that have their date in a segment, and one currency.
type controlRows struct {
	table     string
	segment   segment
	currency  string
	rows      int64
	micros    *big.Int // in their currency
	reporting *big.Int // converted
	unpriced  bool
}

// comparedTotals is the result of the comparison.
type comparedTotals struct {
	lines    int
	failed   []unmatchedLine
	findings []findings.Finding
}

// compareControlTotals compares every line of control_totals with the loaded rows.
func compareControlTotals(ctx context.Context, eng *engine.Engine, o Options, show *progress.Display) (comparedTotals, error) {
	lines, err := readControlLines(ctx, eng)
	if err != nil || len(lines) == 0 {
		return comparedTotals{}, err
	}
	show.Stage("comparing control totals")
	rows, err := readControlRows(ctx, eng, o.Zone, lines)
	if err != nil {
		return comparedTotals{}, fmt.Errorf("comparing control totals: %w", err)
	}
	var reporting findings.Currency
	if err := eng.Row(ctx, `SELECT currency, exponent FROM currencies WHERE currency = ?`, []any{o.Currency}, &reporting.Code, &reporting.Decimals); err != nil {
		return comparedTotals{}, err
	}
	return compareLines(lines, rows, reporting), nil
}

func readControlLines(ctx context.Context, eng *engine.Engine) ([]controlLine, error) {
	var lines []controlLine
	err := eng.Each(ctx, `
		SELECT place, command, lost, table_name, period_start, period_end, expected_rows, expected_minor, currency, exponent, is_one_currency, tolerance_micros
		FROM control_lines ORDER BY position`, func(scan engine.Scan) error {
		var l controlLine
		if err := scan(&l.place, &l.command, &l.lost, &l.table, &l.from, &l.to, &l.rows, &l.minor, &l.currency.Code, &l.currency.Decimals, &l.isOneCurrency, &l.tolerance); err != nil {
			return err
		}
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading control totals: %w", err)
	}
	return lines, nil
}

// readControlRows counts and sums the rows of every table that a line names, by segment and
// currency.
func readControlRows(ctx context.Context, eng *engine.Engine, z *time.Location, lines []controlLine) ([]controlRows, error) {
	segments := segmentsOf(lines)
	if err := storeSegments(ctx, eng, z, segments); err != nil {
		return nil, err
	}
	var found []controlRows
	for _, table := range tablesOf(lines) {
		source, known := controlled[table]
		if !known {
			return nil, fmt.Errorf("there is no control total of %s", table)
		}
		err := eng.Each(ctx, queryText("control_rows", "{rows}", source.query, "{at}", source.at), func(scan engine.Scan) error {
			r := controlRows{table: table, micros: new(big.Int), reporting: new(big.Int)}
			var number int
			var micros, reporting string
			if err := scan(&number, &r.currency, &r.rows, &micros, &reporting, &r.unpriced); err != nil {
				return err
			}
			r.segment = segments[number]
			r.micros.SetString(micros, 10)
			r.reporting.SetString(reporting, 10)
			found = append(found, r)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("rows of %s: %w", table, err)
		}
	}
	return found, nil
}

// tablesOf names the tables of the lines, each once.
func tablesOf(lines []controlLine) []string {
	var tables []string
	for _, l := range lines {
		if !slices.Contains(tables, l.table) {
			tables = append(tables, l.table)
		}
	}
	return tables
}

// segmentsOf divides the time between the first and the last day of the list wherever a period or a
// month begins or ends.
func segmentsOf(lines []controlLine) []segment {
	first, after := lines[0].from, lines[0].to.AddDate(0, 0, 1)
	var cuts []time.Time
	for _, l := range lines {
		next := l.to.AddDate(0, 0, 1)
		cuts = append(cuts, l.from, next)
		if l.from.Before(first) {
			first = l.from
		}
		if next.After(after) {
			after = next
		}
	}
	for month := startOfMonth(first).AddDate(0, 1, 0); month.Before(after); month = month.AddDate(0, 1, 0) {
		cuts = append(cuts, month)
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var segments []segment
	for i := range len(cuts) - 1 {
		segments = append(segments, segment{first: cuts[i], last: cuts[i+1].AddDate(0, 0, -1)})
	}
	return segments
}

func startOfMonth(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// storeSegments makes control_segments: one row per segment, with its days and its first instant
// and the one after its last.
func storeSegments(ctx context.Context, eng *engine.Engine, z *time.Location, segments []segment) error {
	b := engine.NewTable("segment BIGINT", "first_day DATE", "last_day DATE", "from_us BIGINT", "until_us BIGINT")
	for i, s := range segments {
		from := zone.StartOfDay(s.first.Year(), s.first.Month(), s.first.Day(), z)
		until := zone.StartOfDay(s.last.Year(), s.last.Month(), s.last.Day()+1, z)
		b.Add(i, s.first, s.last, from.UnixMicro(), until.UnixMicro())
	}
	return eng.StoreTable(ctx, "control_segments", b)
}
