package attribution

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/zone"
)

// findMidnights makes midnights: one row per instant of a close that is 00:00 in UTC, or at which a
// day of the reporting zone begins. Offsets of zones are whole quarters of an hour.
func findMidnights(ctx context.Context, eng *engine.Engine, location *time.Location) error {
	schema := arrow.NewSchema([]arrow.Field{{Name: "us", Type: arrow.PrimitiveTypes.Int64}}, nil)
	query := `
		SELECT DISTINCT EPOCH_US(closed_at) AS us FROM opportunities
		WHERE closed_at_span_us = 0 AND EPOCH_US(closed_at) % 900000000 = 0`
	err := derive(ctx, eng, "midnights", schema, query, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		for _, us := range in.Column(0).(*array.Int64).Int64Values() {
			at := time.UnixMicro(us)
			year, month, day := at.In(location).Date()
			if at.Equal(zone.StartOfDay(year, month, day, location)) || at.Equal(at.UTC().Truncate(24*time.Hour)) {
				out.Field(0).(*array.Int64Builder).Append(us)
			}
		}
	})
	if err != nil {
		return fmt.Errorf("finding closes at midnight: %w", err)
	}
	return nil
}

// oddMidnights are alarms of times that are probably dates: an export wrote 00:00 where it had no
// time.
func oddMidnights(reporting findings.Currency) []findings.Check {
	checks := []findings.Check{
		{Table: "opportunities", Name: "closed_at_midnight_before_creation", Severity: findings.Warning, Currency: reporting,
			Meaning: "{opportunity was|opportunities were} closed at midnight, before {it was|they were} created on the same day", Remedy: "if closed_at has no time of day, declare its format as a date",
			Query: `SELECT o.opportunity_id AS key, 1 AS n, CAST(c.value_minor AS HUGEINT) * 1000000 // g.minor_per_unit AS micros
				FROM opportunities AS o
				INNER JOIN midnights AS m ON m.us = EPOCH_US(o.closed_at)
				CROSS JOIN settings AS g
				LEFT JOIN conversions AS c ON c.opportunity_id = o.opportunity_id AND c.conversion_type = 0
				WHERE o.closed_at_span_us = 0 AND o.created_at_span_us = 0
					AND EPOCH_US(o.created_at) > m.us AND EPOCH_US(o.created_at) < m.us + 86400000000`},
	}
	for _, date := range []struct{ table, column, where string }{
		{"leads", "created_at", "created_at_span_us = 0"}, {"touchpoints", "occurred_at", "TRUE"},
		{"opportunities", "created_at", "created_at_span_us = 0"}, {"opportunities", "closed_at", "closed_at_span_us = 0"},
		{"stage_history", "entered_at", "entered_at_span_us = 0"},
	} {
		checks = append(checks, midnightOfUTC(date.table, date.column, date.where))
	}
	return checks
}

// midnightOfUTC speaks where twenty times or more all stand at midnight UTC, and days begin
// elsewhere.
func midnightOfUTC(table, column, where string) findings.Check {
	c := findings.Check{Table: table, Name: column + "_midnight_utc", Severity: findings.Warning,
		Meaning: "{time|times} of " + column + ", all of the table, {is|are} at midnight UTC, but the reporting time zone is another one, so {it|they} may count for the day before", Remedy: "if they are dates, declare the format of " + column + " as a date",
		Query: strings.NewReplacer("{table}", table, "{column}", column, "{where}", where).Replace(`
			SELECT CAST(NULL AS VARCHAR) AS key, COUNT(*) AS n
			FROM {table} AS t CROSS JOIN settings AS g
			WHERE t.{column} IS NOT NULL AND {where} AND NOT g.days_begin_with_utc
			HAVING COUNT(*) >= 20 AND COUNT(*) = COUNT(CASE WHEN t.{column} = DATE_TRUNC('day', t.{column}) THEN 1 END)`)}
	if table == "touchpoints" { // whose times were counted while their journeys were laid
		c.From, c.Key, c.Rows = "touch_totals CROSS JOIN settings", "CAST(NULL AS VARCHAR)", "touches"
		c.Where = "NOT days_begin_with_utc AND touches >= 20 AND touches = at_midnight"
	}
	return c
}
