package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// givenTotals is what messages and the manifest call control totals that the configuration gives,
// in place of a file.
const givenTotals = "control_totals of the configuration"

// readGivenTotals reads the control totals of the configuration as readTable reads those of a file:
// the same rules hold for both. The line of a row is its place in the list.
func (l *loading) readGivenTotals(ctx context.Context, eng *engine.Engine, t contract.Table, _ config.Sources, opt readOptions) ([]File, []Quarantined, error) {
	declared, err := declare(t, config.Source{}, opt)
	if err != nil {
		return nil, nil, err
	}
	var at layout
	for i, c := range t.Columns {
		at.headers, at.places = append(at.headers, c.Name), append(at.places, i)
	}
	r := newTyper(t, declared, givenTotals, 0, at)
	digest, size := sha256.New(), int64(0)
	for i, given := range l.job.ControlTotals {
		var fields [][]byte
		for _, text := range []string{given.Table, given.PeriodStart, given.PeriodEnd, given.Rows.String(), given.Amount.String(), given.Currency, given.Tolerance.String()} {
			fields = append(fields, []byte(text))
		}
		raw := append(bytes.Join(fields, []byte{','}), '\n')
		size += int64(len(raw))
		_, _ = digest.Write(raw) // never fails
		r.record(fields, raw, int64(i+1), true)
	}
	done := r.take()
	defer done.release()
	var batches []arrow.RecordBatch
	if done.batch != nil {
		batches = append(batches, done.batch)
	}
	reader, err := array.NewRecordReader(rawSchema(t), batches)
	if err != nil {
		return nil, nil, err
	}
	defer reader.Release()
	if err := eng.CreateTable(ctx, "raw_"+t.Name, reader); err != nil {
		return nil, nil, err
	}
	loaded, bad := int64(done.loaded), int64(len(done.bad))
	return []File{{Table: t.Name, Name: givenTotals, SHA256: fmt.Sprintf("%x", digest.Sum(nil)), Bytes: size,
		RowsIn: loaded + bad, Loaded: loaded, Quarantined: bad, Columns: at.mappings(declared)}}, done.bad, nil
}

// refuseControlTotals sets aside control totals that nothing can be compared with.
func (l *loading) refuseControlTotals(ctx context.Context) error {
	var without []string
	for _, c := range contract.Controlled {
		if !c.HasAmounts {
			without = append(without, engine.Text(c.Name))
		}
	}
	const noAmounts = "'is given, and ' || r.\"table\" || ' has no amounts; leave it empty'"
	for _, rule := range []struct{ column, value, reason, when string }{
		{"rows", `CAST(r."rows" AS VARCHAR)`, `'is negative'`, `r."rows" < 0`},
		{"tolerance", `CAST(r.tolerance_micros / 1000000 AS VARCHAR)`, `'is negative'`, `r.tolerance_micros < 0`},
		{"amount", `''`, noAmounts, `r.amount_digits IS NOT NULL AND r."table" IN (` + strings.Join(without, ", ") + `)`},
		{"currency", `r.currency`, noAmounts, `r.currency IS NOT NULL AND r."table" IN (` + strings.Join(without, ", ") + `)`},
	} {
		if err := l.setAside(ctx, *contract.Find(contract.ControlTotals), rule.column, `
			SELECT r.file_number, r.line, `+rule.reason+` AS reason, `+rule.value+` AS value, CAST(TO_JSON(r) AS VARCHAR) AS content
			FROM raw_control_totals AS r WHERE `+rule.when); err != nil {
			return fmt.Errorf("checking control totals: %w", err)
		}
	}
	return nil
}

// A controlLine is one control total.
type controlLine struct {
	file     int
	number   int64
	table    string
	from, to time.Time // days, both included
	currency string    // empty: every one
}

// storeControlLines makes the engine's table "control_lines", one row per control total: the view,
// with the place of the line for messages and a command that lists the rows of which it speaks.
func (l *loading) storeControlLines(ctx context.Context) error {
	lines, err := l.controlLines(ctx)
	if err != nil {
		return err
	}
	if err := l.engine.Exec(ctx, `CREATE OR REPLACE TEMPORARY TABLE control_places (file_number INTEGER, line BIGINT, place VARCHAR, command VARCHAR, lost VARCHAR)`); err != nil {
		return err
	}
	won, err := l.wonStages(ctx, lines)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if err := l.engine.Exec(ctx, `INSERT INTO control_places VALUES (?, ?, ?, ?, ?)`, line.file, line.number, l.placeOf(line), l.commandFor(line, won), l.lost(line.table)); err != nil {
			return err
		}
	}
	return l.engine.Exec(ctx, `
		CREATE OR REPLACE TABLE control_lines AS
		SELECT
			ROW_NUMBER() OVER (ORDER BY r.file_number, r.line) AS position, p.place, p.command, p.lost, r."table" AS table_name, r.period_start, r.period_end,
			r."rows" AS expected_rows, `+moneyInMinor("amount")+` AS expected_minor, m.currency, m.exponent, r.currency IS NOT NULL AS is_one_currency,
			COALESCE(r.tolerance_micros, 0) AS tolerance_micros
		FROM raw_control_totals AS r
		INNER JOIN control_places AS p ON p.file_number = r.file_number AND p.line = r.line
		INNER JOIN currencies AS m ON m.currency = COALESCE(r.currency, ?)`, l.currency)
}

func (l *loading) controlLines(ctx context.Context) ([]controlLine, error) {
	var lines []controlLine
	err := l.engine.Each(ctx, `
		SELECT file_number, line, "table", period_start, period_end, COALESCE(currency, '') FROM raw_control_totals ORDER BY file_number, line`, func(scan engine.Scan) error {
		var line controlLine
		if err := scan(&line.file, &line.number, &line.table, &line.from, &line.to, &line.currency); err != nil {
			return err
		}
		lines = append(lines, line)
		return nil
	})
	return lines, err
}

// placeOf names a line as other messages name theirs: control_totals.csv:3, or control_totals[1] of
// the configuration.
func (l *loading) placeOf(line controlLine) string {
	if len(l.job.ControlTotals) > 0 {
		return fmt.Sprintf("control_totals[%d] of the configuration", line.number-1)
	}
	return fmt.Sprintf("%s:%d", printable(l.files[contract.ControlTotals][line.file].Name), line.number)
}

// lost says which rows of a table are in its files and do not count, "" if there are none. Touches
// after as-of count.
func (l *loading) lost(table string) string {
	var parts []string
	if n := len(l.quarantined[table]); n > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s %s in the quarantine", words.Count(n, "row"), table, words.Choose(n, "is", "are")))
	}
	var copies int64
	for _, f := range l.files[table] {
		copies += f.Deduplicated
	}
	if copies > 0 {
		parts = append(parts, fmt.Sprintf("%s of %s %s", words.Count(copies, "row"), table, words.Choose(copies, "is a copy that collapsed", "are copies that collapsed")))
	}
	return strings.Join(parts, ", ")
}

// wonStages are the stages of the data that mean won, where a control total speaks of
// opportunities.
func (l *loading) wonStages(ctx context.Context, lines []controlLine) ([]string, error) {
	if !slices.ContainsFunc(lines, func(line controlLine) bool { return line.table == "opportunities" }) {
		return nil, nil
	}
	stages, err := l.engine.Texts(ctx, `SELECT DISTINCT stage FROM raw_opportunities ORDER BY 1`)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(stages, func(stage string) bool {
		return !slices.ContainsFunc(l.job.Opportunities.WonStages, func(won string) bool { return contract.PlainWord(won) == contract.PlainWord(stage) })
	}), nil
}
