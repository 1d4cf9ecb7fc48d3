package reports

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"tributary/internal/engine"
	"tributary/internal/zone"
)

// A passage is what a row of the funnel is about: the way of a cohort from one stage to a later one.
type passage struct {
	opportunityType string
	month           int32 // its first day, in days since 1970; allMonths
	channel         int32 // dense key; allChannels
	from, to        int32 // positions of the stages
}

// Rows that add up over months or channels; NULL in the engine.
const (
	allMonths   = math.MinInt32
	allChannels = math.MinInt32
)

// A crossing adds up what became of the units of one passage.
type crossing struct {
	horizonUS int64
	events    []int64  // how long those took that entered the stage, or went past it, within the horizon; in microseconds
	censored  []int64  // how long the others were watched, where as-of came before the horizon
	survivors int64    // units watched to the horizon in vain
	already   int64    // of the units without an event, those that had been there before
	own       []int64  // how long it took to the stage itself, where both entries are recorded
	value     *big.Int // of converted opportunities, in minor units
}

func (c *crossing) units() int64 { return int64(len(c.events)+len(c.censored)) + c.survivors }

// atRisk is how many units were still watched at the horizon; the event may have come just then.
func (c *crossing) atRisk() int64 {
	n := c.survivors
	for i := len(c.events) - 1; i >= 0 && c.events[i] == c.horizonUS; i-- {
		n++
	}
	return n
}

// observedUS is for how long the units were watched, at most, and no longer than the horizon.
func (c *crossing) observedUS() int64 {
	if c.survivors > 0 {
		return c.horizonUS
	}
	longest := int64(0)
	for _, sorted := range [][]int64{c.events, c.censored} {
		if len(sorted) > 0 {
			longest = max(longest, sorted[len(sorted)-1])
		}
	}
	return longest
}

// makeFunnel makes what the report funnel reads: funnel_volumes, and funnel_rates, one row per passage of a cohort.
func (w words) makeFunnel(ctx context.Context, eng *engine.Engine, reportingZone *time.Location) error {
	for _, name := range []string{"funnel_entries", "funnel_steps", "funnel_cohorts", "funnel_volumes"} {
		text, err := w.statement("shared/" + name)
		if err != nil {
			return err
		}
		if err := eng.Exec(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	var asOfUS, toUS int64
	if err := eng.Row(ctx, "SELECT as_of_us, to_us FROM settings", nil, &asOfUS, &toUS); err != nil {
		return err
	}
	matures := func(p passage, horizonUS int64) bool {
		end := min(toUS, asOfUS) // of all months
		if toUS < math.MaxInt64 {
			end = toUS
		}
		if p.month != allMonths {
			first := arrow.Date32(p.month).ToTime()
			next := first.AddDate(0, 1, 0)
			end = min(toUS, zone.StartOfDay(next.Year(), next.Month(), 1, reportingZone).UnixMicro())
		}
		return end <= asOfUS-horizonUS
	}
	crossings, err := w.follow(ctx, eng, asOfUS)
	if err != nil {
		return err
	}
	return storeRates(ctx, eng, crossings, matures)
}
