package alignment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/zone"
)

// defineBusinessDays makes business_days: one row per business day from the first delivery to
// as-of, with the instants between which people work, and how long they have worked before it since
// the first one. Where clocks change within the hours of a day, that day is shorter or longer.
func defineBusinessDays(ctx context.Context, eng *engine.Engine, o Options) error {
	level, location := o.Agreed.ServiceLevel, o.Zone
	if level.Zone != "" {
		own, err := zone.Load(level.Zone)
		if err != nil {
			return fmt.Errorf("service_level: zone: %w", err)
		}
		location = own
	}
	b := engine.NewTable("open_us BIGINT", "close_us BIGINT", "worked_before_us BIGINT")
	var firstUS int64
	if err := eng.Row(ctx, "SELECT COALESCE(MIN(delivered_us), ?) FROM delivery_windows", []any{o.AsOf.UnixMicro()}, &firstUS); err != nil {
		return err
	}
	from, to, err := level.Minutes()
	if err != nil {
		return fmt.Errorf("service_level: hours: %w", err)
	}
	worked := int64(0)
	year, month, date := time.UnixMicro(firstUS).In(location).Date()
	for at := time.Date(year, month, date-1, 0, 0, 0, 0, time.UTC); !at.After(o.AsOf.AddDate(0, 0, 1)); at = at.AddDate(0, 0, 1) {
		if !isBusinessDay(level, at) {
			continue
		}
		opens, closes := clock(at, from, location), clock(at, to, location)
		b.Add(opens, closes, worked)
		worked += closes - opens
	}
	return eng.StoreTable(ctx, "business_days", b)
}

func isBusinessDay(level config.ServiceLevel, at day) bool {
	return level.WorksOn(at.Weekday()) && !slices.Contains(level.Holidays, at.Format(time.DateOnly))
}

// clock is the instant at which clocks of a zone show a minute of a day.
func clock(at day, minute int, location *time.Location) int64 {
	return zone.At(at.Year(), at.Month(), at.Day(), minute, location).UnixMicro()
}
