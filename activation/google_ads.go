package activation

import (
	"context"
	"fmt"
	"time"

	"github.com/tributary-engine/tributary/internal/engine"
)

// googleHead is the lines with which the template of Google Ads for externally attributed
// conversions begins. Every time has its own offset; the zone is for rows without one.
func googleHead(s settings, o Options) string {
	zone := o.Zone.String()
	if zone == "UTC" {
		zone = "+0000" // no zone of Google's list is called so
	}
	return fmt.Sprintf("Parameters:Attribution Model=%s\nParameters:TimeZone=%s\n", s.model, zone)
}

// writeTimes makes activation_times: every second of an upload as Google Ads reads it, with the
// offset of the zone. Go knows the zones.
func writeTimes(ctx context.Context, eng *engine.Engine, o Options) error {
	b := engine.NewTable("sent_second BIGINT", "conversion_time VARCHAR")
	err := eng.Each(ctx, `SELECT DISTINCT sent_second FROM activation_google_ads WHERE sent_second IS NOT NULL ORDER BY 1`, func(scan engine.Scan) error {
		var second int64
		if err := scan(&second); err != nil {
			return err
		}
		b.Add(second, time.Unix(second, 0).In(o.Zone).Format("2006-01-02 15:04:05-07:00"))
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the times of conversions: %w", err)
	}
	return eng.StoreTable(ctx, "activation_times", b)
}
