package ingest

import (
	"context"
	"fmt"

	"tributary/internal/engine"
	"tributary/internal/failure"
	"tributary/internal/words"
)

// maxTouchRows is how many rows all touch files may have: a run numbers them with 32 bits.
const maxTouchRows = 1<<32 - 1

// groupTouches makes what later stages read of touches, however many there are, in three narrow
// scans:
//
//   - touch_files, one row per file: first_row, by which its lines become rows of all files (first_row + line).
//   - touch_names, one row per distinct contact_id, lead_id, email and anonymous_id, and touch_kinds, one row per distinct channel,
//     campaign_id, touch_type and status: how many touches have them. name_key and kind_key are 64-bit hashes, each of one row.
//   - the view touch_rows, one row per touch: file_number and line, its row of all files (touch_row), touch_id, occurred_us, name_key and kind_key.
func (l *loading) groupTouches(ctx context.Context) error {
	if err := l.numberTouches(ctx); err != nil {
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
	return fmt.Errorf("grouping touches: %d ways to hash them leave two groups alike", salts)
}

func (l *loading) numberTouches(ctx context.Context) error {
	if err := l.engine.Exec(ctx, `
		CREATE OR REPLACE TABLE touch_files AS
		WITH counted AS (
			SELECT CAST(file_number AS BIGINT) AS file_number, MAX(line) AS lines FROM raw_touchpoints GROUP BY file_number
		)
		SELECT file_number, lines, CAST(COALESCE(SUM(lines) OVER (ORDER BY file_number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS BIGINT) AS first_row
		FROM counted`); err != nil {
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

// group makes the groups with hashes of one salt, and tells whether these are distinct.
func (l *loading) group(ctx context.Context, salt int) (bool, error) {
	for _, statement := range []string{
		fmt.Sprintf("CREATE OR REPLACE MACRO touch_hash(a, b, c, d) AS HASH(%d, a, b, c, d)", salt),
		groupedBy("touch_names", "name_key", "contact_id, lead_id, email, anonymous_id"),
		groupedBy("touch_kinds", "kind_key", "channel, campaign_id, touch_type, status"),
		`CREATE OR REPLACE VIEW touch_rows AS
		SELECT
			r.file_number, r.line, f.first_row + r.line AS touch_row, r.touch_id, EPOCH_US(r.occurred_at) AS occurred_us,
			touch_hash(r.contact_id, r.lead_id, r.email, r.anonymous_id) AS name_key,
			touch_hash(r.channel, r.campaign_id, r.touch_type, r.status) AS kind_key
		FROM raw_touchpoints AS r
		INNER JOIN touch_files AS f ON f.file_number = r.file_number`,
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

func groupedBy(table, key, columns string) string {
	return "CREATE OR REPLACE TABLE " + engine.Name(table) + " AS SELECT touch_hash(" + columns + ") AS " + engine.Name(key) + ", " + columns +
		", COUNT(*) AS touches FROM raw_touchpoints GROUP BY " + columns
}
