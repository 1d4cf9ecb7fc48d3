package attribution

import (
	"context"
	"fmt"
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

// midnightsOfUTC returns the checks of times that are probably dates without a time, which an
// export wrote as 00:00.
func midnightsOfUTC() []findings.Check {
	var checks []findings.Check
	for _, date := range []struct{ table, column, where string }{
		{"leads", "created_at", "created_at_span_us = 0"}, {"touchpoints", "occurred_at", "TRUE"},
		{"opportunities", "created_at", "created_at_span_us = 0"}, {"opportunities", "closed_at", "closed_at_span_us = 0"},
		{"stage_history", "entered_at", "entered_at_span_us = 0"},
	} {
		checks = append(checks, midnightOfUTC(date.table, date.column, date.where))
	}
	return checks
}

// midnightOfUTC is the check of one column: it finds 20 or more times that are all at midnight UTC,
// although days of the reporting zone begin at another time.
func midnightOfUTC(table, column, where string) findings.Check {
	c := findings.Check{Table: table, Name: column + "_midnight_utc", Grain: "the table", Severity: findings.Warning,
		Meaning: "{time|times} of " + column + ", all of the table, {is|are} at midnight UTC, but the reporting time zone is another one, so {it|they} may count for the day before", Remedy: "if they are dates, declare the format of " + column + " as a date",
		Query: checkQuery("shapes/midnight_utc", "{table}", table, "{column}", column, "{where}", where)}
	if table == "touchpoints" { // whose times were counted while their journeys were built
		c.From, c.Key, c.Rows = "touch_totals CROSS JOIN settings", "CAST(NULL AS VARCHAR)", "touches"
		c.Where = "NOT days_begin_with_utc AND touches >= 20 AND touches = at_midnight"
	}
	return c
}
