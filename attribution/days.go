package attribution

import (
	"context"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

// findAnchorDays makes anchor_days: one row per instant at which an opportunity was created or
// closed, or a person or an opportunity entered a stage, with its day in the reporting zone. Go
// computes the days, so that the whole run uses one database of time zones.
func findAnchorDays(ctx context.Context, eng *engine.Engine, location *time.Location) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "anchor_us", Type: arrow.PrimitiveTypes.Int64}, {Name: "day", Type: arrow.FixedWidthTypes.Date32},
	}, nil)
	query := `
		SELECT created_us FROM opportunity_facts WHERE created_us IS NOT NULL
		UNION SELECT won_us FROM opportunity_facts WHERE won_us IS NOT NULL
		UNION SELECT closed_us FROM opportunity_closes WHERE closed_us IS NOT NULL
		UNION SELECT entered_us FROM opportunity_entries WHERE entered_us IS NOT NULL
		UNION SELECT entered_us FROM person_entries`
	days := newCalendar(location)
	err := derive(ctx, eng, "anchor_days", schema, query, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		for _, us := range in.Column(0).(*array.Int64).Int64Values() {
			out.Field(0).(*array.Int64Builder).Append(us)
			out.Field(1).(*array.Date32Builder).Append(arrow.Date32(days.dayOf(us)))
		}
	})
	if err != nil {
		return fmt.Errorf("finding the days of conversions: %w", err)
	}
	return nil
}

// findMembershipDays makes membership_days: one row per day on which a membership of account_contacts
// starts or ends, with its first and last microsecond in the reporting zone.
func findMembershipDays(ctx context.Context, eng *engine.Engine, location *time.Location) error {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "day", Type: arrow.FixedWidthTypes.Date32},
		{Name: "starts_us", Type: arrow.PrimitiveTypes.Int64}, {Name: "ends_us", Type: arrow.PrimitiveTypes.Int64},
	}, nil)
	query := `
		SELECT starts_on FROM account_contacts WHERE starts_on IS NOT NULL
		UNION SELECT ends_on FROM account_contacts WHERE ends_on IS NOT NULL`
	err := derive(ctx, eng, "membership_days", schema, query, func(in arrow.RecordBatch, out *array.RecordBuilder) {
		for _, day := range in.Column(0).(*array.Date32).Date32Values() {
			date := day.ToTime()
			out.Field(0).(*array.Date32Builder).Append(day)
			out.Field(1).(*array.Int64Builder).Append(zone.StartOfDay(date.Year(), date.Month(), date.Day(), location).UnixMicro())
			out.Field(2).(*array.Int64Builder).Append(zone.StartOfDay(date.Year(), date.Month(), date.Day()+1, location).UnixMicro() - 1)
		}
	})
	if err != nil {
		return fmt.Errorf("finding the days of account_contacts: %w", err)
	}
	return nil
}
