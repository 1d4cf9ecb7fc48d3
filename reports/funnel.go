package reports

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

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

// A fate is what units of a cohort have in common.
type fate struct {
	watched  watched
	ownUS    int64 // how long it took to the stage itself; -1: not recorded
	wasThere bool
	value    decimal128.Num
}

// A crossing adds up the fates of the units of one passage.
type crossing struct {
	horizonUS          int64
	converted, already int64 // units
	watched            []watched
	own                []watched // of converted units whose entries to both stages are recorded
	value              *big.Int  // of converted opportunities, in minor units; nil: of persons, who have none
}

func (c *crossing) add(f fate) {
	c.watched = append(c.watched, f.watched)
	switch {
	case f.watched.isEvent:
		c.converted += f.watched.units
	case f.wasThere:
		c.already += f.watched.units
	}
	if f.ownUS >= 0 {
		c.own = append(c.own, watched{us: f.ownUS, isEvent: true, units: f.watched.units})
	}
	if c.value != nil && f.watched.isEvent {
		c.value.Add(c.value, f.value.BigInt())
	}
}

// makeFunnel makes what the report funnel reads: funnel_volumes, and funnel_rates, one row per passage of a cohort.
func (w words) makeFunnel(ctx context.Context, eng *engine.Engine, reportingZone *time.Location) error {
	for _, name := range []string{"funnel_entries", "funnel_cohorts", "funnel_volumes"} {
		text, err := w.statement("shared/" + name)
		if err != nil {
			return err
		}
		if err := eng.Exec(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	crossings, err := w.readCrossings(ctx, eng)
	if err != nil {
		return fmt.Errorf("funnel_outcomes: %w", err)
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
	return storeRates(ctx, eng, crossings, matures)
}

// readCrossings adds the fates of every cohort up: by month and channel, by either, and in all.
func (w words) readCrossings(ctx context.Context, eng *engine.Engine) (map[passage]*crossing, error) {
	query, err := w.statement("shared/funnel_outcomes")
	if err != nil {
		return nil, err
	}
	crossings := map[passage]*crossing{}
	err = eng.Stream(ctx, query, func(reader array.RecordReader) error {
		for reader.Next() {
			b := reader.RecordBatch()
			types, months := b.Column(0).(*array.String), b.Column(1).(*array.Date32)
			channels, from, to := b.Column(2).(*array.Int32), b.Column(3).(*array.Int32), b.Column(4).(*array.Int32)
			horizon, converted, duration := b.Column(5).(*array.Int64), b.Column(6).(*array.Boolean), b.Column(7).(*array.Int64)
			own, wasThere, units, value := b.Column(8).(*array.Int64), b.Column(9).(*array.Boolean), b.Column(10).(*array.Int64), b.Column(11).(*array.Decimal128)
			for i := range int(b.NumRows()) {
				f := fate{
					watched: watched{us: duration.Value(i), isEvent: converted.Value(i), units: units.Value(i)},
					ownUS:   -1, wasThere: wasThere.Value(i),
				}
				if own.IsValid(i) {
					f.ownUS = own.Value(i)
				}
				if value.IsValid(i) {
					f.value = value.Value(i)
				}
				for _, month := range []int32{int32(months.Value(i)), allMonths} {
					for _, channel := range []int32{channels.Value(i), allChannels} {
						p := passage{opportunityType: types.Value(i), month: month, channel: channel, from: from.Value(i), to: to.Value(i)}
						c := crossings[p]
						if c == nil {
							c = &crossing{horizonUS: horizon.Value(i), value: new(big.Int)}
							p.opportunityType = strings.Clone(p.opportunityType) // the engine frees the batch
							crossings[p] = c
						}
						c.add(f)
					}
				}
			}
		}
		return reader.Err()
	})
	return crossings, err
}

var ratesSchema = arrow.NewSchema([]arrow.Field{
	{Name: "opportunity_type", Type: arrow.BinaryTypes.String},
	{Name: "month", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
	{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "position", Type: arrow.PrimitiveTypes.Int32},
	{Name: "to_position", Type: arrow.PrimitiveTypes.Int32},
	{Name: "is_final", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "converted", Type: arrow.PrimitiveTypes.Int64},
	{Name: "already", Type: arrow.PrimitiveTypes.Int64},
	{Name: "wilson_low_micros", Type: arrow.PrimitiveTypes.Int64},
	{Name: "wilson_high_micros", Type: arrow.PrimitiveTypes.Int64},
	{Name: "km_micros", Type: arrow.PrimitiveTypes.Int64},
	{Name: "km_at_risk", Type: arrow.PrimitiveTypes.Int64},
	{Name: "observed_us", Type: arrow.PrimitiveTypes.Int64},
	{Name: "velocity_n", Type: arrow.PrimitiveTypes.Int64},
	{Name: "median_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "p75_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "p90_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	{Name: "value_minor", Type: &arrow.Decimal128Type{Precision: 38}},
}, nil)

// storeRates writes funnel_rates: what the crossings come to. Times are in microseconds, rates in millionths.
func storeRates(ctx context.Context, eng *engine.Engine, crossings map[passage]*crossing, matures func(passage, int64) bool) error {
	passages := make([]passage, 0, len(crossings))
	for p := range crossings {
		passages = append(passages, p)
	}
	slices.SortFunc(passages, func(a, b passage) int {
		return cmp.Or(cmp.Compare(a.opportunityType, b.opportunityType), cmp.Compare(a.month, b.month), cmp.Compare(a.channel, b.channel),
			cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	b := array.NewRecordBuilder(memory.DefaultAllocator, ratesSchema)
	defer b.Release()
	for _, p := range passages {
		c := crossings[p]
		sortByTime(c.watched)
		sortByTime(c.own)
		cohort := unitsOf(c.watched)
		low, high := wilson(c.converted, cohort)
		longest := c.watched[len(c.watched)-1].us
		b.Field(0).(*array.StringBuilder).Append(p.opportunityType)
		if p.month == allMonths {
			b.Field(1).AppendNull()
		} else {
			b.Field(1).(*array.Date32Builder).Append(arrow.Date32(p.month))
		}
		if p.channel == allChannels {
			b.Field(2).AppendNull()
		} else {
			b.Field(2).(*array.Int32Builder).Append(p.channel)
		}
		b.Field(3).(*array.Int32Builder).Append(p.from)
		b.Field(4).(*array.Int32Builder).Append(p.to)
		b.Field(5).(*array.BooleanBuilder).Append(matures(p, c.horizonUS))
		atRisk := int64(0)
		for _, seen := range c.watched {
			if seen.us >= c.horizonUS {
				atRisk += seen.units
			}
		}
		for i, n := range []int64{c.converted, c.already, low, high, kaplanMeier(c.watched), atRisk, longest, unitsOf(c.own)} {
			b.Field(6 + i).(*array.Int64Builder).Append(n)
		}
		for i, percent := range []int64{50, 75, 90} {
			if us, ok := quantile(c.own, percent); ok {
				b.Field(14 + i).(*array.Int64Builder).Append(us)
			} else {
				b.Field(14 + i).AppendNull()
			}
		}
		b.Field(17).(*array.Decimal128Builder).Append(decimal128.FromBigInt(c.value))
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	reader, err := array.NewRecordReader(ratesSchema, []arrow.RecordBatch{batch})
	if err != nil {
		return err
	}
	defer reader.Release()
	return eng.CreateTable(ctx, "funnel_rates", reader)
}
