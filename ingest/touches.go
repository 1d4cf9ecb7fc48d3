package ingest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// maxTouchRows is how many rows all files of touchpoints can have, because their numbers have 32 bits.
const maxTouchRows = 1<<32 - 1

// groupTouches makes what later stages read of touches, however many there are, in three narrow
// scans:
//
//   - touch_files, one row per file: first_row, by which its lines become rows of all files (first_row + line).
//   - touch_names, one row per distinct contact_id, lead_id, email, anonymous_id and account_id, and touch_kinds, one row per distinct channel,
//     campaign_id, touch_type, status, asset, source and medium: how many touches have them. name_key and kind_key are 64-bit hashes, each of one row.
//     If the job has rules of channels, touch_kinds also distinguishes what else the rules look at (originColumns).
//   - the view touch_rows, one row per touch: file_number and line, its row of all files (touch_row), touch_id, occurred_us, name_key and kind_key.
func (l *loading) groupTouches(ctx context.Context) error {
	if err := l.numberTouches(ctx); err != nil {
		return err
	}
	if err := l.keepWords(ctx); err != nil {
		return err
	}
	// Two groups with one hash would be taken for each other. It is next to impossible; another
	// salt gives other hashes.
	const salts = 8
	for salt := range salts {
		isDistinct, err := l.group(ctx, salt)
		if err != nil || isDistinct {
			return err
		}
	}
	return fmt.Errorf("grouping touchpoints: two groups are the same under %d hash functions", salts)
}

// mostWords is how many assets, sources and mediums are told apart. An asset that is different in
// every touchpoint, such as an address with the number of a session, would make as many kinds as
// there are touchpoints.
const mostWords = 10_000

// keptColumns are the columns of touchpoints of which only the most frequent words are kept.
var keptColumns = []string{"asset", "source", "medium"}

// keptTable is kept_assets, kept_sources or kept_mediums.
func keptTable(column string) string { return "kept_" + column + "s" }

// keepWords makes kept_assets, kept_sources and kept_mediums: the words with the most touchpoints;
// of equally frequent ones, the first in byte order.
func (l *loading) keepWords(ctx context.Context) error {
	for _, column := range keptColumns {
		if err := l.engine.Exec(ctx, strings.NewReplacer("{table}", keptTable(column), "{column}", column).Replace(`
			CREATE OR REPLACE TABLE {table} AS
			SELECT {column} FROM raw_touchpoints WHERE {column} IS NOT NULL GROUP BY {column} ORDER BY COUNT(*) DESC, {column} LIMIT `)+strconv.Itoa(mostWords)); err != nil {
			return fmt.Errorf("counting %ss: %w", column, err)
		}
	}
	return nil
}

// keptColumn is a column of touches; "(other)" for the rest, if there are more words than are told
// apart.
func (l *loading) keptColumn(ctx context.Context, column string) (kindColumn, error) {
	var kept int
	if err := l.engine.Row(ctx, `SELECT COUNT(*) FROM `+keptTable(column), nil, &kept); err != nil {
		return kindColumn{}, err
	}
	switch {
	case kept == 0:
		return kindColumn{name: column, expression: "CAST(NULL AS VARCHAR)"}, nil
	case kept < mostWords:
		return kindColumn{name: column}, nil
	}
	return kindColumn{name: column, expression: strings.NewReplacer("{table}", keptTable(column), "{column}", column).Replace(`CASE
		WHEN r.{column} IS NULL THEN NULL
		WHEN r.{column} IN (SELECT {column} FROM {table}) THEN r.{column}
		ELSE '(other)'
	END`)}, nil
}

func (l *loading) numberTouches(ctx context.Context) error {
	if err := l.engine.Exec(ctx, queryText("touch_files")); err != nil {
		return fmt.Errorf("numbering touches: %w", err)
	}
	var rows int64
	if err := l.engine.Row(ctx, `SELECT COALESCE(MAX(first_row + lines), 0) FROM touch_files`, nil, &rows); err != nil {
		return fmt.Errorf("numbering touches: %w", err)
	}
	if rows > maxTouchRows {
		return failure.Errorf(failure.Resources, "touchpoints: %s are more than the %s that one run can take\nhint: leave out old touchpoints", words.Count(rows, "line"), words.Number(int64(maxTouchRows)))
	}
	return nil
}

// group makes the groups with hashes of one salt, and reports whether these are distinct.
func (l *loading) group(ctx context.Context, salt int) (bool, error) {
	kinds := []kindColumn{{name: "channel"}, {name: "campaign_id"}, {name: "touch_type"}, {name: "status"}}
	for _, name := range keptColumns {
		if l.job.Channels != nil && name != "asset" {
			break // rules look at every source and medium
		}
		column, err := l.keptColumn(ctx, name)
		if err != nil {
			return false, err
		}
		kinds = append(kinds, column)
	}
	if l.job.Channels != nil {
		kinds = append(kinds, originColumns...)
	}
	names := []kindColumn{{name: "contact_id"}, {name: "lead_id"}, {name: "email"}, {name: "anonymous_id"}, {name: "account_id"}}
	for _, statement := range []string{
		groupedBy("touch_names", "name_key", salt, names),
		groupedBy("touch_kinds", "kind_key", salt, kinds),
		queryText("touch_rows", "{name_key}", hashed(salt, names), "{kind_key}", hashed(salt, kinds)),
	} {
		if err := l.engine.Exec(ctx, statement); err != nil {
			return false, fmt.Errorf("grouping touches: %w", err)
		}
	}
	var repeated int64
	err := l.engine.Row(ctx, `
		SELECT (SELECT COUNT(*) - COUNT(DISTINCT name_key) FROM touch_names) + (SELECT COUNT(*) - COUNT(DISTINCT kind_key) FROM touch_kinds)`,
		nil, &repeated)
	return repeated == 0, err
}

// A kindColumn is a column of touch_names or touch_kinds: a column of r, raw_touchpoints, or an
// expression over it.
type kindColumn struct{ name, expression string }

func (c kindColumn) sql() string {
	if c.expression != "" {
		return c.expression
	}
	return "r." + c.name
}

// originColumns are what rules of channels look at, beside the channel, the campaign and the type.
// Of a referrer only the host is kept, and of a click id only its name: the rest is different in
// every touchpoint, and no rule reads it. A click id without a name, which is only a value, is
// "other".
var originColumns = []kindColumn{
	{name: "source"},
	{name: "medium"},
	{name: "referrer", expression: "NULLIF(REGEXP_EXTRACT(LOWER(r.referrer), " + engine.Text(contract.HostPattern) + ", 1), '')"},
	{name: "click_id", expression: `CASE
		WHEN r.click_id IS NULL THEN NULL
		WHEN REGEXP_FULL_MATCH(TRIM(SPLIT_PART(r.click_id, '=', 1)), '[A-Za-z_]{1,24}') THEN LOWER(TRIM(SPLIT_PART(r.click_id, '=', 1)))
		ELSE 'other'
	END`},
}

// hashed is the hash of the columns. Another salt gives other hashes.
func hashed(salt int, columns []kindColumn) string {
	parts := []string{strconv.Itoa(salt)}
	for _, c := range columns {
		parts = append(parts, c.sql())
	}
	return "HASH(" + strings.Join(parts, ", ") + ")"
}

// groupedBy makes a table with one row per combination of the columns.
func groupedBy(table, key string, salt int, columns []kindColumn) string {
	var selected, names []string
	for _, c := range columns {
		selected, names = append(selected, c.sql()+" AS "+c.name), append(names, c.name)
	}
	list := strings.Join(names, ", ")
	var plain []kindColumn
	for _, name := range names {
		plain = append(plain, kindColumn{name: name})
	}
	return "CREATE OR REPLACE TABLE " + engine.Name(table) + " AS SELECT " + hashed(salt, plain) + " AS " + engine.Name(key) + ", " + list +
		", COUNT(*) AS touches FROM (SELECT " + strings.Join(selected, ", ") + " FROM raw_touchpoints AS r) AS r GROUP BY " + list
}
